package io.stockledger.api.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.api.tls.TestAuthority.Shown;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.Command;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes on both ports: who is let in, with what, and what is shown once files have changed. */
class TlsIT {

    private static final int WITHIN_SECONDS = 20;

    private static TestAuthority ours;
    private static TestAuthority clients;
    private static TestAuthority strangers;
    private static Path certificate;
    private static Path privateKey;
    private static RunningLedger service;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        ours = new TestAuthority(folder, "ours");
        clients = new TestAuthority(folder, "clients");
        strangers = new TestAuthority(folder, "strangers");
        Shown first = ours.issue();
        certificate = Files.copy(first.certificate(), folder.resolve("live.pem"));
        privateKey = Files.copy(first.privateKey(), folder.resolve("live.key"));
        service = RunningLedger.start(
                TestPostgres.freshDatabase(),
                "stockledger.tls.certificate=" + certificate,
                "stockledger.tls.private-key=" + privateKey,
                "stockledger.tls.client-authorities=" + clients.pem());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_certificate_opens_the_port_and_a_key_is_needed_all_the_same() throws Exception {
        Shown till = clients.issue();
        SSLContext known = clients.clientShowing(till, ours);

        assertThat(get(known, "/actuator/health", null).statusCode()).isEqualTo(200);
        assertThat(get(known, "/v1/views", null).statusCode()).isEqualTo(401);
        for (String path : List.of("/v1/views", "/v1/history", "/v1/nothing", "/console/login")) {
            assertThat(get(known, path, service.adminKey()).headers().allValues("Strict-Transport-Security"))
                    .as(path)
                    .containsExactly("max-age=31536000 ; includeSubDomains");
        }
        assertThat(get(known, "/v1/views", service.adminKey()).statusCode()).isEqualTo(200);

        ManagedChannel channel = channel(credentials(till));
        try {
            assertThat(health(channel)).isEqualTo(ServingStatus.SERVING);
            LedgerGrpc.LedgerBlockingStub stub =
                    LedgerGrpc.newBlockingStub(channel).withDeadlineAfter(WITHIN_SECONDS, TimeUnit.SECONDS);
            assertThatThrownBy(() -> stub.registerItem(item("tls-none")))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refused ->
                                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
            assertThat(RunningLedger.as(service.adminKey(), stub)
                            .registerItem(item("tls-1"))
                            .getPosition())
                    .isPositive();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void without_a_certificate_of_the_clients_authority_not_even_health_is_told() throws Exception {
        Shown forged = strangers.issue();
        for (SSLContext context : new SSLContext[] {ours.client(), strangers.clientShowing(forged, ours)}) {
            assertThatThrownBy(() -> get(context, "/actuator/health", service.adminKey()))
                    .isInstanceOf(IOException.class);
        }
        for (ChannelCredentials credentials : new ChannelCredentials[] {
            TlsChannelCredentials.newBuilder().trustManager(ours.pem().toFile()).build(), credentials(forged)
        }) {
            ManagedChannel channel = channel(credentials);
            try {
                assertThatThrownBy(() -> health(channel))
                        .isInstanceOfSatisfying(
                                StatusRuntimeException.class,
                                refused -> assertThat(refused.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void a_client_that_does_not_know_our_authority_does_not_speak_to_us() throws Exception {
        SSLContext context = clients.clientShowing(clients.issue(), strangers);
        assertThatThrownBy(() -> get(context, "/actuator/health", null)).isInstanceOf(IOException.class);
    }

    @Test
    void what_changes_on_the_disk_is_shown_to_new_connections_while_open_ones_go_on() throws Exception {
        Shown till = clients.issue();
        SSLContext known = clients.clientShowing(till, ours);
        LinkedBlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        ManagedChannel channel = channel(credentials(till));
        try (SSLSocket open = socket(known, service.uri("/").getPort(), "http/1.1")) {
            StreamObserver<Command> commands = RunningLedger.as(service.adminKey(), LedgerGrpc.newStub(channel))
                    .execute(into(replies));
            commands.onNext(
                    Command.newBuilder().setRegisterItem(item("tls-before")).build());
            assertThat(replies.poll(WITHIN_SECONDS, TimeUnit.SECONDS)).isNotNull();
            assertThat(askedAgain(open)).startsWith("HTTP/1.1 200");

            Shown next = ours.issue();
            Files.copy(next.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(next.privateKey(), privateKey, StandardCopyOption.REPLACE_EXISTING);

            Certificate expected = ours.certificate(next.alias());
            await().atMost(Duration.ofSeconds(WITHIN_SECONDS)).untilAsserted(() -> {
                assertThat(shownAt(known, service.uri("/").getPort(), "http/1.1"))
                        .isEqualTo(expected);
                assertThat(shownAt(known, service.bean(GrpcServer.class).port(), "h2"))
                        .isEqualTo(expected);
            });
            commands.onNext(
                    Command.newBuilder().setRegisterItem(item("tls-after")).build());
            assertThat(replies.poll(WITHIN_SECONDS, TimeUnit.SECONDS)).isNotNull();
            assertThat(askedAgain(open)).startsWith("HTTP/1.1 200");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void what_a_browser_keeps_goes_by_TLS_only() throws Exception {
        HttpResponse<String> page = get(clients.clientShowing(clients.issue(), ours), "/console/login", null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(page.headers().allValues("Set-Cookie"))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));
    }

    @Test
    void when_a_certificate_ends_and_whether_files_are_wrong_is_measured() throws Exception {
        assertThat(get(clients.clientShowing(clients.issue(), ours), "/actuator/prometheus", service.adminKey())
                        .body())
                .contains("stockledger_tls_stale 0.0")
                .containsPattern("ssl_chain_expiry_seconds\\{[^}]*bundle=\"stockledger\"[^}]*} [0-9]");
    }

    private static HttpResponse<String> get(SSLContext context, String path, @Nullable String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(service.uri(path).toString().replace("http:", "https:")))
                .timeout(Duration.ofSeconds(WITHIN_SECONDS));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return HttpClient.newBuilder().sslContext(context).build().send(request.build(), BodyHandlers.ofString());
    }

    private static ChannelCredentials credentials(Shown shown) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(ours.pem().toFile())
                .keyManager(shown.certificate().toFile(), shown.privateKey().toFile())
                .build();
    }

    private static ManagedChannel channel(ChannelCredentials credentials) {
        return Grpc.newChannelBuilder(
                        "127.0.0.1:" + service.bean(GrpcServer.class).port(), credentials)
                .build();
    }

    private static ServingStatus health(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(WITHIN_SECONDS, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static SSLSocket socket(SSLContext context, int port, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(WITHIN_SECONDS * 1_000);
        socket.startHandshake();
        return socket;
    }

    private static Certificate shownAt(SSLContext context, int port, String protocol) throws IOException {
        try (SSLSocket socket = socket(context, port, protocol)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static String askedAgain(SSLSocket open) throws IOException {
        open.getOutputStream().write("GET /actuator/health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        InputStream answer = open.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n0\r\n\r\n") < 0) {
            int next = answer.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static StreamObserver<Reply> into(LinkedBlockingQueue<Reply> replies) {
        return new StreamObserver<>() {
            @Override
            public void onNext(Reply reply) {
                replies.add(reply);
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {}
        };
    }

    private static RegisterItem item(String id) {
        return RegisterItem.newBuilder()
                .setDocumentId(id)
                .setSku(id)
                .setName("Cup")
                .build();
    }
}
