package io.stockledger.connectors.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to real servers, whose names resolve as the test says. */
class OutboundHttpIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger called = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        over.countDown();
        threads.shutdownNow();
    }

    @Test
    void aNameThatResolvesToAnAddressOfOurOwnIsNotCalled() throws Exception {
        HttpServer server = server(exchange -> exchange.sendResponseHeaders(200, -1));
        for (String inside : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1")) {
            try (OutboundHttp http = http(AddressPolicy.PUBLIC_ONLY, host -> addresses(inside))) {
                assertThatThrownBy(() -> post(http, "https://hooks.example:" + port(server) + "/"))
                        .as(inside)
                        .isInstanceOf(AddressRefused.class)
                        .hasMessageContaining("hooks.example");
                assertThatThrownBy(() -> post(http, "http://hooks.example:" + port(server) + "/"))
                        .isInstanceOf(AddressRefused.class);
            }
        }
        assertThat(called).hasValue(0);
        server.stop(0);
    }

    @Test
    void aNameWithOneBadAddressAmongGoodOnesIsNotCalled() {
        try (OutboundHttp http = http(AddressPolicy.PUBLIC_ONLY, host -> addresses("1.1.1.1", "10.0.0.1"))) {
            assertThatThrownBy(() -> post(http, "https://hooks.example/")).isInstanceOf(AddressRefused.class);
        }
    }

    @Test
    void anAddressInAnyNotationIsCheckedToo() {
        try (OutboundHttp http = http(AddressPolicy.PUBLIC_ONLY, HostResolver.SYSTEM)) {
            for (String url : List.of(
                    "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://localhost/")) {
                assertThatThrownBy(() -> post(http, url)).as(url).isInstanceOf(AddressRefused.class);
            }
        }
    }

    @Test
    void aNameIsLookedUpOnceForAConnectionSoThatItCannotChangeInBetween() throws Exception {
        HttpServer server = server(exchange -> exchange.sendResponseHeaders(200, -1));
        AtomicInteger lookUps = new AtomicInteger();
        HostResolver rebinding = host -> addresses(lookUps.incrementAndGet() == 1 ? "127.0.0.1" : "10.0.0.1");
        try (OutboundHttp http = http(new AddressPolicy(true, false), rebinding)) {
            assertThat(post(http, "http://hooks.example:" + port(server) + "/").status())
                    .isEqualTo(200);
        }
        assertThat(lookUps).hasValue(1);
        server.stop(0);
    }

    @Test
    void withoutTlsOnlyThisMachineIsCalledAndOnlyWhenAllowed() {
        try (OutboundHttp http = http(new AddressPolicy(true, true), host -> addresses("10.0.0.1"))) {
            assertThatThrownBy(() -> post(http, "http://inside.example/"))
                    .isInstanceOf(AddressRefused.class)
                    .hasMessageContaining("https");
        }
    }

    @Test
    void aRedirectIsTheAnswerAndNotFollowed() throws Exception {
        HttpServer server = server(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/") ? 307 : 200, -1);
        });
        try (OutboundHttp http = http(new AddressPolicy(true, false), HostResolver.SYSTEM)) {
            assertThat(post(http, "http://127.0.0.1:" + port(server) + "/").status())
                    .isEqualTo(307);
        }
        assertThat(called).hasValue(1);
        server.stop(0);
    }

    @Test
    void anAnswerWithoutEndIsReadToABound() throws Exception {
        HttpServer endless = server(exchange -> {
            exchange.sendResponseHeaders(500, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] more = new byte[1_000];
            while (true) {
                out.write(more);
            }
        });
        long began = System.nanoTime();
        try (OutboundHttp http = http(new AddressPolicy(true, false), HostResolver.SYSTEM)) {
            for (int i = 0; i < 20; i++) {
                HttpAnswer answer = post(http, "http://127.0.0.1:" + port(endless) + "/");
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.body()).hasSizeLessThan(5_000);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
        endless.stop(0);
    }

    @Test
    void aServerThatDripsIsGivenUpWhenTheTimeIsUp() throws Exception {
        // For ever, and faster than any socket's time-out.
        assertIsGivenUp("HTTP/1.1 200 OK\r\n", "X-More: 1\r\n");
        assertIsGivenUp("HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n", "a");
    }

    private void assertIsGivenUp(String first, String drop) throws Exception {
        try (ServerSocket dripping = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                OutboundHttp http = http(new AddressPolicy(true, false), HostResolver.SYSTEM)) {
            var unused = threads.submit(() -> {
                try (Socket socket = dripping.accept();
                        OutputStream out = socket.getOutputStream()) {
                    out.write(first.getBytes(StandardCharsets.US_ASCII));
                    while (over.getCount() > 0) {
                        out.write(drop.getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        over.await(50, TimeUnit.MILLISECONDS);
                    }
                }
                return null;
            });
            long began = System.nanoTime();
            assertThatThrownBy(() -> http.post(
                            URI.create("http://127.0.0.1:" + dripping.getLocalPort() + "/"),
                            Map.of(),
                            "application/json",
                            new byte[0],
                            Duration.ofMillis(700)))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining("700 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
        }
    }

    @Test
    void tlsIsForTheNameAndTheConnectionForTheCheckedAddress(@TempDir Path folder) throws Exception {
        KeyStore store = selfSigned(folder, "hooks.example");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.setExecutor(threads);
        server.start();
        int port = server.getAddress().getPort();
        try (OutboundHttp http =
                OutboundHttp.of(new AddressPolicy(true, false), host -> addresses("127.0.0.1"), context(store), 4)) {
            assertThat(post(http, "https://hooks.example:" + port + "/").status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> post(http, "https://other.example:" + port + "/"))
                    .isInstanceOf(SSLException.class);
        }
        try (OutboundHttp suspicious = http(new AddressPolicy(true, false), host -> addresses("127.0.0.1"))) {
            assertThatThrownBy(() -> post(suspicious, "https://hooks.example:" + port + "/"))
                    .isInstanceOf(SSLException.class);
        }
        server.stop(0);
    }

    private static HttpAnswer post(OutboundHttp http, String url) throws IOException {
        return http.post(URI.create(url), Map.of("webhook-id", "1"), "application/json", new byte[] {'{', '}'}, LONG);
    }

    private static OutboundHttp http(AddressPolicy policy, HostResolver resolver) {
        try {
            return OutboundHttp.of(policy, resolver, SSLContext.getDefault(), 4);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            called.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
        return server;
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }

    private static List<InetAddress> addresses(String... literals) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses;
    }

    private static KeyStore selfSigned(Path folder, String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "a",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // The key's own certificate is the one to trust.
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
            trusted.setCertificateEntry("a", store.getCertificate("a"));
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
