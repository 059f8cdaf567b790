package io.stockledger.api.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The receiver that the documentation shows, in its own language and process, and what goes in counted before it. */
final class ForwardedReceiver implements AutoCloseable {

    private static final int MOST_TRIES = 20;
    private static final Path PROGRAM = Path.of("..", "docs", "webhooks", "receiver.py");

    private final HttpServer front;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final Semaphore let = new Semaphore(0);
    private final List<String> facts = new CopyOnWriteArrayList<>();
    private final Process process;
    private final int port;

    private ForwardedReceiver(HttpServer front, Process process, int port) {
        this.front = front;
        this.process = process;
        this.port = port;
    }

    static ForwardedReceiver start(String secret) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("python3", PROGRAM.toString(), "0").redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("WEBHOOK_SECRET", secret);
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String first = out.readLine();
        int port = Integer.parseInt(first.substring(first.lastIndexOf(' ') + 1));
        HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ForwardedReceiver receiver = new ForwardedReceiver(front, process, port);
        receiver.threads.execute(() -> out.lines().forEach(receiver.facts::add));
        front.setExecutor(receiver.threads);
        front.createContext("/", receiver::forward);
        front.start();
        return receiver;
    }

    String url() {
        return "http://127.0.0.1:" + front.getAddress().getPort() + "/";
    }

    /** So many more calls go on to the receiver; those behind them wait. */
    void letThrough(int calls) {
        let.release(calls);
    }

    /** The webhook-id of each message that came, repeats among them, once the receiver has answered 204. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    /** What the receiver says of facts that it had not seen before: {@code fact 4711 stock-moved}. */
    List<String> facts() {
        return List.copyOf(facts);
    }

    private void forward(HttpExchange exchange) throws IOException {
        boolean taken = false;
        let.acquireUninterruptibly();
        try (exchange) {
            int status = post(exchange);
            taken = status == 204;
            if (taken) {
                ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            }
            exchange.sendResponseHeaders(status, -1);
        } finally {
            if (!taken) {
                let.release();
            }
        }
    }

    private int post(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"));
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            request.header(name, exchange.getRequestHeaders().getFirst(name));
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest forwarded =
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        try {
            return status(forwarded);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }

    /** The program takes few connections at a time and lets others fall; that is no failure of the service's. */
    private int status(HttpRequest forwarded) throws IOException, InterruptedException {
        for (int left = MOST_TRIES; ; left--) {
            try {
                return http.send(forwarded, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        front.stop(0);
        process.destroyForcibly();
        threads.shutdownNow();
    }
}
