// Receives Stockledger's webhooks: WEBHOOK_SECRET=whsec_... java Receiver.java 8000
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class Receiver {
    static final byte[] KEY = Base64.getDecoder().decode(System.getenv("WEBHOOK_SECRET").replaceFirst("^whsec_", ""));
    // In earnest: a table whose key is the webhook-id, written together with what the fact changes.
    static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    static boolean isGenuine(String message, String sent, String signatures, byte[] body) throws Exception {
        if (message == null || sent == null || signatures == null || !sent.matches("[0-9]{1,18}")
                || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(sent)) > 300) {
            return false;
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write((message + "." + sent + ".").getBytes("UTF-8"));
        signed.write(body);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()))).getBytes("UTF-8");
        for (String signature : signatures.split(" ")) {
            if (MessageDigest.isEqual(signature.getBytes("UTF-8"), expected)) {
                return true;
            }
        }
        return false;
    }

    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            String message = headers.getFirst("webhook-id");
            boolean genuine = false;
            try {
                genuine = isGenuine(message, headers.getFirst("webhook-timestamp"), headers.getFirst("webhook-signature"), body);
            } catch (Exception e) {
                e.printStackTrace();
            }
            if (genuine && SEEN.add(message)) {
                System.out.println("fact " + new String(body, "UTF-8"));
            }
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
            exchange.close();
        });
        server.start();
        System.out.println("listening on port " + server.getAddress().getPort());
    }
}
