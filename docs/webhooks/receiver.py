"""Receives Stockledger's webhooks: WEBHOOK_SECRET=whsec_... python3 receiver.py 8000"""
import base64, hashlib, hmac, json, os, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

key = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
seen = set()  # in earnest: a table whose key is the webhook-id, written together with what the fact changes
one_at_a_time = threading.Lock()  # in earnest: that transaction


def is_genuine(message, sent, signatures, body):
    if not sent.isdigit() or abs(time.time() - int(sent)) > 300:
        return False
    digest = hmac.new(key, f"{message}.{sent}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    return any(hmac.compare_digest(expected, signature) for signature in signatures.split() if signature.isascii())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        message, sent, signatures = (self.headers.get("webhook-" + name, "") for name in ("id", "timestamp", "signature"))
        genuine = is_genuine(message, sent, signatures, body)
        with one_at_a_time:
            if genuine and message not in seen:
                fact = json.loads(body)
                print("fact", fact["data"]["position"], fact["type"], flush=True)
                seen.add(message)
        self.send_response(204 if genuine else 401)
        self.end_headers()

    def log_message(self, *unused):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print("listening on port", server.server_port, flush=True)
server.serve_forever()
