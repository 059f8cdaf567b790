package io.stockledger.api.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority that signs certificates for a test, by the JDK's keytool; nothing of it outlives the test. */
final class TestAuthority {

    private static final String PASSWORD = "changeit";
    private static final char[] PASSWORD_CHARACTERS = PASSWORD.toCharArray();

    private final Path folder;
    private final Path store;
    private int issued;

    TestAuthority(Path folder, String name) throws Exception {
        this.folder = folder;
        this.store = folder.resolve(name + ".p12");
        keytool("-alias", "authority", "-dname", "CN=" + name, "-ext", "bc:c");
        write(pem(), "CERTIFICATE", keys().getCertificate("authority").getEncoded());
    }

    /** What is shown: a certificate and its key, both PEM. */
    record Shown(String alias, Path certificate, Path privateKey) {}

    Path pem() {
        return store.resolveSibling(store.getFileName() + ".pem");
    }

    /** A new certificate, good for this machine's loopback interface. */
    Shown issue() throws Exception {
        String alias = "issued-" + issued++;
        keytool(
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-signer",
                "authority",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        Path certificate = folder.resolve(store.getFileName() + "-" + alias + ".pem");
        Path key = folder.resolve(store.getFileName() + "-" + alias + ".key");
        write(certificate, "CERTIFICATE", certificate(alias).getEncoded());
        write(key, "PRIVATE KEY", keys().getKey(alias, PASSWORD_CHARACTERS).getEncoded());
        return new Shown(alias, certificate, key);
    }

    Certificate certificate(String alias) throws Exception {
        return keys().getCertificate(alias);
    }

    /** For a client that trusts {@code trusted} and shows what this authority has issued. */
    SSLContext clientShowing(Shown shown, TestAuthority trusted) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "own",
                keys().getKey(shown.alias(), PASSWORD_CHARACTERS),
                PASSWORD_CHARACTERS,
                keys().getCertificateChain(shown.alias()));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(own, PASSWORD_CHARACTERS);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trusted.trust().getTrustManagers(), null);
        return context;
    }

    /** For a client that trusts this authority and shows nothing. */
    SSLContext client() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        return context;
    }

    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", keys().getCertificate("authority"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        return managers;
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        try (InputStream stored = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, PASSWORD_CHARACTERS);
            return keys;
        }
    }

    private void keytool(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                        + "-----\n");
    }
}
