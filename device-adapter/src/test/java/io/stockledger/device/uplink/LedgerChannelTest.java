package io.stockledger.device.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import io.stockledger.device.uplink.LedgerSettings.ClientCertificate;
import io.stockledger.v1.EnrolRequest;
import io.stockledger.v1.Enrolled;
import io.stockledger.v1.EnrolmentGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with a ledger that speaks TLS and asks for a certificate; its files are made by the JDK's keytool. */
class LedgerChannelTest {

    private static final String PASSWORD = "changeit";

    private static Path folder;
    private static Server ledger;

    @BeforeAll
    static void startLedger(@TempDir Path shared) throws Exception {
        folder = shared;
        for (String authority : List.of("ours", "strangers")) {
            issue(authority, "authority", "-ext", "bc:c");
            issue(authority, "machine", "-signer", "authority", "-ext", "san=ip:127.0.0.1");
        }
        ClientCertificate shown = machineOf("ours").orElseThrow();
        ledger = Grpc.newServerBuilderForPort(
                        0,
                        TlsServerCredentials.newBuilder()
                                .keyManager(
                                        shown.chain().toFile(),
                                        shown.privateKey().toFile())
                                .trustManager(authority("ours").toFile())
                                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                                .build())
                .addService(new EnrolmentGrpc.EnrolmentImplBase() {
                    @Override
                    public void enrol(EnrolRequest request, StreamObserver<Enrolled> answer) {
                        answer.onNext(Enrolled.newBuilder().setKeyName("dock-1").build());
                        answer.onCompleted();
                    }
                })
                .build()
                .start();
    }

    @AfterAll
    static void stopLedger() {
        ledger.shutdownNow();
    }

    @Test
    void aMachineThatShowsItsCertificateIsAnswered() throws Exception {
        assertThat(enrolled("ours", machineOf("ours"))).isEqualTo("dock-1");
    }

    @Test
    void withoutACertificateOrWithAStrangersItIsNot() {
        assertUnavailable("ours", Optional.empty());
        assertUnavailable("ours", machineOf("strangers"));
    }

    @Test
    void aLedgerOfAnotherAuthorityIsNotSpokenTo() {
        assertUnavailable("strangers", machineOf("ours"));
    }

    private static void assertUnavailable(String trusted, Optional<ClientCertificate> shown) {
        assertThatThrownBy(() -> enrolled(trusted, shown))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    private static String enrolled(String trusted, Optional<ClientCertificate> shown) throws IOException {
        ManagedChannel channel = LedgerChannel.open(new LedgerSettings(
                "127.0.0.1:" + ledger.getPort(),
                true,
                Optional.of(authority(trusted)),
                shown,
                folder.resolve("key"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
        try {
            return EnrolmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .enrol(EnrolRequest.getDefaultInstance())
                    .getKeyName();
        } finally {
            channel.shutdownNow();
        }
    }

    private static Path authority(String name) {
        return folder.resolve(name + "-authority.pem");
    }

    private static Optional<ClientCertificate> machineOf(String authority) {
        return Optional.of(new ClientCertificate(
                folder.resolve(authority + "-machine.pem"), folder.resolve(authority + "-machine.key")));
    }

    private static void issue(String authority, String alias, String... options) throws Exception {
        Path store = folder.resolve(authority + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + authority + "-" + alias,
                "-alias",
                alias,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(store)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
        write(
                authority + "-" + alias + ".pem",
                "CERTIFICATE",
                keys.getCertificate(alias).getEncoded());
        write(
                authority + "-" + alias + ".key",
                "PRIVATE KEY",
                keys.getKey(alias, PASSWORD.toCharArray()).getEncoded());
    }

    private static void write(String file, String what, byte[] content) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
    }
}
