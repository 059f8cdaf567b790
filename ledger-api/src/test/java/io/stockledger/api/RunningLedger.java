package io.stockledger.api;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.api.openapi.Contract;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real service with real wires on a real PostgreSQL, for tests. One is shared by all of a JVM. */
public final class RunningLedger implements AutoCloseable {

    /** The same for all, as several nodes of one database need it. */
    public static final String SEAL_KEY =
            Base64.getEncoder().encodeToString("a key for tests that has 32 byte".getBytes(StandardCharsets.US_ASCII));

    private static final Pattern SECRET = Pattern.compile("(password|seal-key|token)$");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static @Nullable RunningLedger shared;

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ManagedChannel channel;
    private final String adminKey;

    /** @param body as text; empty when there is none */
    public record Answer(int status, String contentType, String body, java.net.http.HttpHeaders headers) {
        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private RunningLedger(ConfigurableApplicationContext context) {
        this.context = context;
        this.channel = NettyChannelBuilder.forAddress(
                        "127.0.0.1", context.getBean(GrpcServer.class).port())
                .usePlaintext()
                .build();
        this.adminKey = key(List.of("admin"), List.of());
    }

    public static synchronized RunningLedger shared() {
        RunningLedger running = shared;
        if (running == null) {
            running = start(TestPostgres.freshDatabase());
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    /** @param settings further ones, for example {@code stockledger.rate-limit.per-second=5}; an empty value leaves one out */
    public static RunningLedger start(TestPostgres.Database database, String... settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("stockledger.rest-port", "0");
        all.put("stockledger.grpc-port", "0");
        all.put("stockledger.postgres.url", database.url());
        all.put("stockledger.postgres.user", database.user());
        all.put("stockledger.postgres.password", database.password());
        all.put("stockledger.postgres.owner-user", database.ownerUser());
        all.put("stockledger.postgres.owner-password", database.ownerPassword());
        all.put("stockledger.api-keys.seal-key", SEAL_KEY);
        all.put("stockledger.admin-key-file", unprinted().toString());
        all.put("spring.main.register-shutdown-hook", "false");
        all.put("stockledger.webhooks.allow-loopback", "true");
        all.put("stockledger.cors.origins", "https://shop.example");
        all.put("logging.level.root", "warn");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            all.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        all.values().removeIf(String::isEmpty);
        all.forEach((setting, value) -> {
            if (SECRET.matcher(setting).find()) {
                PrintedSecrets.use(value);
            }
        });
        PrintedSecrets.watch(TestPostgres.server().serverLog());
        return new RunningLedger(new SpringApplicationBuilder(StockledgerApplication.class)
                .run(all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)));
    }

    /** Where an admin key of the start goes that nobody needs. */
    private static Path unprinted() {
        try {
            Path file = Files.createTempFile("admin-key-", "");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new key's secret. */
    public String key(List<String> roles, List<String> locations) {
        return context.getBean(ApiKeys.class)
                .create("test-" + NAMES.incrementAndGet(), roles, locations)
                .secret();
    }

    public String adminKey() {
        return adminKey;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Where there are several of the type. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    public URI uri(String path) {
        int port = Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public Answer post(String path, String json) {
        return send(request(path, adminKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    public Answer get(String path) {
        return send(request(path, adminKey).GET().build());
    }

    /** @param key null: none is shown */
    public HttpRequest.Builder request(String path, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    /** Each call under {@code /v1} is held against the OpenAPI document. */
    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Contract.requireKept(request, response.statusCode(), response.headers(), response.body());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public ManagedChannel channel() {
        return channel;
    }

    /** The stub with a key's credentials. */
    public static <S extends AbstractStub<S>> S as(String key, S stub) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
    }
}
