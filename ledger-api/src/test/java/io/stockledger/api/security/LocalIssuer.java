package io.stockledger.api.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An OpenID Connect issuer on loopback, as far as one who checks tokens sees it. */
final class LocalIssuer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger keysTold = new AtomicInteger();
    private volatile RSAKey key = newKey("first");
    private volatile boolean away;

    /** Has its port at once, and answers nothing until it is {@link #open}. */
    LocalIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answer(
                "/.well-known/openid-configuration",
                () -> "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(uri()));
        answer("/keys", () -> {
            keysTold.incrementAndGet();
            return new JWKSet(key.toPublicJWK()).toString();
        });
    }

    void open() {
        server.start();
    }

    /** Hangs up on everybody from now on, or no longer. */
    void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often somebody asked for the keys. */
    int keysTold() {
        return keysTold.get();
    }

    RSAKey key() {
        return key;
    }

    void rotate(String keyId) {
        key = newKey(keyId);
    }

    /** Good for five minutes. */
    JWTClaimsSet.Builder claims(String subject, List<String> roles) {
        return new JWTClaimsSet.Builder()
                .issuer(uri())
                .subject(subject)
                .audience(List.of("other", "stockledger"))
                .claim("realm_access", java.util.Map.of("roles", roles))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
    }

    String token(JWTClaimsSet.Builder claims) {
        return signed(claims, key, "JWT");
    }

    static String signed(JWTClaimsSet.Builder claims, RSAKey key, String type) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .type(new JOSEObjectType(type))
                    .build();
            SignedJWT jwt = new SignedJWT(header, claims.build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey newKey(String keyId) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(String path, Supplier<String> json) {
        server.createContext(path, exchange -> {
            if (away) {
                exchange.close();
                return;
            }
            byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
