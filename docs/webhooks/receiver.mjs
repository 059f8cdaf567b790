// Receives Stockledger's webhooks: WEBHOOK_SECRET=whsec_... node receiver.mjs 8000
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
const seen = new Set(); // in earnest: a table whose key is the webhook-id, written together with what the fact changes

function isGenuine(message, sent, signatures, body) {
  if (!/^\d+$/.test(sent) || Math.abs(Date.now() / 1000 - Number(sent)) > 300) return false;
  const digest = createHmac("sha256", key).update(`${message}.${sent}.`).update(body).digest("base64");
  const expected = Buffer.from(`v1,${digest}`);
  return signatures.split(" ").map((signature) => Buffer.from(signature))
    .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const [message, sent, signatures] = ["id", "timestamp", "signature"].map((name) => request.headers["webhook-" + name] ?? "");
  const genuine = isGenuine(message, sent, signatures, body);
  if (genuine && !seen.has(message)) {
    const fact = JSON.parse(body);
    console.log("fact", fact.data.position, fact.type);
    seen.add(message);
  }
  response.writeHead(genuine ? 204 : 401).end();
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("listening on port", server.address().port));
