package io.stockledger.connectors.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A partner's server: keeps what it gets, and answers as it is told. */
final class Receiver implements AutoCloseable {

    /** @param at when it came, by the machine's clock */
    record Message(String id, String body, Map<String, List<String>> headers, long at) {

        long position() {
            return Long.parseLong(id.substring(id.lastIndexOf('_') + 1));
        }
    }

    /** What it does with a request after having read it. */
    interface Manners {
        void answer(HttpExchange exchange, Message message) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile Manners manners;

    private Receiver(HttpServer server, Manners manners) {
        this.server = server;
        this.manners = manners;
    }

    static Receiver start(Manners manners) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Receiver receiver = new Receiver(server, manners);
        server.setExecutor(receiver.threads);
        server.createContext("/", receiver::take);
        server.start();
        return receiver;
    }

    static Receiver answering(int status) throws IOException {
        return start(status(status));
    }

    static Manners status(int status) {
        return (exchange, message) -> exchange.sendResponseHeaders(status, -1);
    }

    void now(Manners others) {
        manners = others;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            Message message = new Message(id, body, Map.copyOf(exchange.getRequestHeaders()), System.nanoTime());
            messages.add(message);
            manners.answer(exchange, message);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
