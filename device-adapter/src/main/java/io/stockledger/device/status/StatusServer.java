package io.stockledger.device.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stockledger.device.journal.Journal;
import io.stockledger.device.scan.Mode;
import io.stockledger.device.uplink.Uplink;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status page, the same as JSON, and the metrics; on the loopback interface only. Changing anything takes the token
 * that lies in the data folder, so that whoever may read that folder may do so.
 */
public final class StatusServer implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
    private static final int THREADS = 2;

    private final HttpServer server;
    private final Map<String, WatchedDevice> devices;
    private final StatusReport report;
    private final PrometheusMeterRegistry meters;
    private final String token;

    /** @param port 0 for any that is free */
    public StatusServer(
            int port,
            Path data,
            Map<String, WatchedDevice> devices,
            Journal journal,
            Uplink uplink,
            PrometheusMeterRegistry meters,
            Clock clock)
            throws IOException {
        this.devices = devices;
        this.meters = meters;
        this.report = new StatusReport(devices.values(), journal, uplink, clock);
        this.token = StatusToken.readOrMake(data);
        this.server = bind(port);
        server.setExecutor(Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer bind(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        } catch (IOException e) {
            throw new IOException("status-port: " + port + " cannot be listened on: " + e.getMessage(), e);
        }
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isAddressedToThisMachine(exchange)) {
                answer(exchange, 403, "text/plain", "Host (expected: this machine)\n");
            } else if (exchange.getRequestMethod().equals("GET")) {
                get(exchange);
            } else if (exchange.getRequestMethod().equals("POST")) {
                post(exchange);
            } else {
                answer(exchange, 405, "text/plain", exchange.getRequestMethod() + " (expected: GET or POST)\n");
            }
        } catch (RuntimeException e) {
            LOG.error("status page: {} failed", exchange.getRequestURI(), e);
            answer(exchange, 500, "text/plain", "failed; the log says why\n");
        }
    }

    /** A foreign web page must not reach the loopback interface under a name of its own. */
    private static boolean isAddressedToThisMachine(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null && Set.of("127.0.0.1", "localhost").contains(host.replaceFirst(":\\d+$", ""));
    }

    private void get(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> answer(exchange, 200, "text/html", StatusPage.render(report.now()));
            case "/status.json" -> answer(exchange, 200, "application/json", StatusJson.render(report.now()));
            case "/metrics" -> answer(exchange, 200, "text/plain", meters.scrape());
            case "/health" -> answer(exchange, 200, "text/plain", "up\n");
            default -> answer(exchange, 404, "text/plain", "expected: /, /status.json, /metrics or /health\n");
        }
    }

    /** {@code /devices/NAME/mode/sell}, {@code /devices/NAME/parked/17/replay} or {@code …/discard}. */
    private void post(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        if (given == null || !MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            answer(
                    exchange,
                    401,
                    "text/plain",
                    "token (expected: that of " + StatusToken.FILE + " in the data folder)\n");
            return;
        }
        List<String> path = parts(exchange.getRequestURI());
        String name = path.size() > 1 && path.get(0).equals("devices") ? path.get(1) : "";
        WatchedDevice device = devices.get(name);
        if (device == null) {
            answer(
                    exchange,
                    404,
                    "text/plain",
                    "device: " + name + " (expected: one of " + String.join(", ", devices.keySet()) + ")\n");
        } else if (path.size() == 4 && path.get(2).equals("mode")) {
            switchMode(exchange, device, path.get(3));
        } else if (path.size() == 5
                && path.get(2).equals("parked")
                && path.get(3).matches("\\d{1,18}")) {
            settle(exchange, device, Long.parseLong(path.get(3)), path.get(4));
        } else {
            answer(exchange, 404, "text/plain", "expected: mode/MODE or parked/SEQUENCE/replay or …/discard\n");
        }
    }

    private static List<String> parts(URI address) {
        return Arrays.stream(address.getRawPath().split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                .toList();
    }

    private static void switchMode(HttpExchange exchange, WatchedDevice device, String name) throws IOException {
        Optional<Mode> mode = Mode.ofWord(name);
        if (mode.isEmpty()) {
            answer(exchange, 422, "text/plain", "mode: " + name + " (expected: one of " + Mode.words() + ")\n");
            return;
        }
        device.desk().switchMode(mode.get());
        LOG.info(
                "device {}: mode {} by the status page",
                device.name(),
                mode.get().word());
        answer(
                exchange,
                200,
                "text/plain",
                device.name() + " is in mode " + mode.get().word() + "\n");
    }

    private static void settle(HttpExchange exchange, WatchedDevice device, long sequence, String verb)
            throws IOException {
        Optional<String> problem = switch (verb) {
            case "replay" -> device.desk().replay(sequence);
            case "discard" -> device.desk().discard(sequence);
            default -> Optional.of(verb + " (expected: replay or discard)");
        };
        LOG.info("device {}: {} of read {}: {}", device.name(), verb, sequence, problem.orElse("done"));
        answer(exchange, problem.isEmpty() ? 200 : 422, "text/plain", problem.orElse(verb + " done") + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
