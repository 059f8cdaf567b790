package io.stockledger.benchmarks.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be done over HTTP. */
final class HttpAttacks {

    private static final int LARGE = 40_000_000;
    private static final int MORE_THAN_ALL_THREADS = 60;
    private static final int SLOW_SECONDS = 3;
    private static final int SLOW_BYTES = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final URI rest;
    private final String thief;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param thief a key that somebody has found, with the rights of a device */
    HttpAttacks(String rest, String thief) {
        this.rest = URI.create(rest);
        this.thief = thief;
    }

    List<Attack> all() {
        String json = "Content-Type: application/json\r\n";
        String csv = "Authorization: Bearer " + thief + "\r\nContent-Type: text/csv\r\n";
        return List.of(
                new Attack("large enrolments", 14, 500, () -> large("POST /v1/enrolments", json)),
                new Attack("large keys", 14, 500, () -> large("POST /v1/api-keys", json)),
                new Attack("endless bodies", 4, 200, () -> chunked("POST /v1/enrolments")),
                new Attack(
                        "uploads of a stranger",
                        2,
                        500,
                        () -> large("PUT /v1/drift/snapshots/x", "Content-Type: text/csv\r\n")),
                new Attack("uploads of a device", 8, 500, () -> large("PUT /v1/drift/snapshots/x", csv)),
                new Attack(
                        "slow enrolments",
                        1,
                        0,
                        () -> slow("POST /v1/enrolments", json + "Content-Length: 1000\r\n\r\n{")),
                new Attack("slow keys", 1, 0, () -> slow("POST /v1/api-keys", csv + "Content-Length: 1000\r\n\r\n{")),
                new Attack(
                        "slow log-ins",
                        1,
                        0,
                        () -> slow(
                                "POST /console/login",
                                "Content-Type: application/x-www-form-urlencoded\r\n"
                                        + "Content-Length: 1000\r\n\r\nk")),
                new Attack("slow headers", 1, 0, () -> slow("GET /v1/facts", "X-Slow: ")),
                new Attack("pages without a cookie", 2, 10, () -> ask("/console/stock?text=" + noise(), "")),
                new Attack("keys guessed at the log-in", 2, 100, this::guessKey),
                new Attack("keys guessed", 2, 20, () -> ask("/v1/facts", "slk_" + noise())),
                new Attack("codes guessed", 2, 50, this::guessCode),
                new Attack("tokens forged", 2, 20, () -> ask("/v1/facts", "eyJhbGciOiJub25lIn0." + noise() + ".")),
                new Attack("large headers", 2, 50, this::largeHeaders),
                new Attack("page tokens of noise", 2, 20, () -> ask("/v1/facts?pageToken=" + noise(), thief)));
    }

    private void large(String request, String headers) throws IOException {
        try (Socket socket = begun(request, headers + "Content-Length: " + LARGE + "\r\n\r\n")) {
            byte[] some = new byte[16 * 1024];
            OutputStream out = socket.getOutputStream();
            for (int sent = 0; sent < LARGE; sent += some.length) {
                out.write(some);
            }
            answered(socket);
        }
    }

    private void chunked(String request) throws IOException {
        try (Socket socket = begun(request, "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            byte[] some = ("8000\r\n" + " ".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            OutputStream out = socket.getOutputStream();
            for (int sent = 0; sent < LARGE; sent += some.length) {
                out.write(some);
            }
            answered(socket);
        }
    }

    /** Many connections on which hardly anything comes. */
    private void slow(String request, String beginning) throws IOException, InterruptedException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_ALL_THREADS; i++) {
                open.add(begun(request, beginning));
            }
            for (int sent = 0; sent < SLOW_BYTES; sent++) {
                TimeUnit.SECONDS.sleep(SLOW_SECONDS);
                open.forEach(HttpAttacks::another);
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static void another(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
        } catch (IOException e) {
            // It was closed, which is right.
            Thread.onSpinWait();
        }
    }

    private void largeHeaders() throws IOException {
        try (Socket socket = begun("GET /v1/facts", "X-Large: " + "x".repeat(200_000) + "\r\n\r\n")) {
            answered(socket);
        }
    }

    private void guessKey() throws IOException, InterruptedException {
        var page = client.send(request("/console/login").build(), BodyHandlers.ofString());
        Matcher token = FORM_TOKEN.matcher(page.body());
        String cookie = page.headers().firstValue("Set-Cookie").orElse("").split(";", 2)[0];
        String form = "name=key&key=slk_" + noise() + "&_csrf=" + (token.find() ? token.group(1) : "");
        client.send(
                request("/console/login")
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.discarding());
    }

    private void guessCode() throws IOException, InterruptedException {
        String body = "{\"code\":\"" + noise() + "\",\"device\":\"dock\"}";
        client.send(
                request("/v1/enrolments")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.discarding());
    }

    private void ask(String path, String bearer) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Accept", "text/html, application/json");
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        client.send(request.build(), BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(rest.resolve(path)).timeout(PATIENCE);
    }

    private Socket begun(String request, String then) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), rest.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: x\r\n" + then).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void answered(Socket socket) throws IOException {
        socket.getInputStream().readNBytes(1);
    }

    private static String noise() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }
}
