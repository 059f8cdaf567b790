package io.stockledger.api.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks the tokens of one OpenID Connect issuer. The issuer is asked for its keys when the first token comes, so it
 * need not be up before the service; what it told is good for a while when it is away later.
 */
public final class TokenIssuer implements JwtDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(TokenIssuer.class);
    private static final int CONNECT_MILLIS = 1_000;
    /** A call that waits for the issuer holds one of few threads. */
    private static final int READ_MILLIS = 2_000;

    private static final int MOST_BYTES = 1024 * 1024;
    private static final Duration KEYS_ARE_FRESH = Duration.ofMinutes(5);
    private static final Duration KEYS_OUTLIVE_AN_OUTAGE = Duration.ofHours(4);
    /** A token with an unknown key makes the issuer be asked; whoever makes them up must not make it many times. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    private final String issuer;
    private final @Nullable String audience;
    private final ResourceRetriever retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
    private volatile @Nullable JwtDecoder decoder;
    private volatile @Nullable Long failedAtNanos;

    /** @param audience what a token's {@code aud} must hold; null: not looked at */
    public TokenIssuer(String issuer, @Nullable String audience) {
        this.issuer = issuer;
        this.audience = audience;
    }

    /**
     * @throws BadJwtException when the token is not one of the issuer's, or not for us, or out of date
     * @throws RequestRefused when that can't be told because the issuer doesn't answer
     */
    @Override
    public Jwt decode(String token) {
        try {
            return decoder().decode(token);
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException e) {
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    private RequestRefused unavailable(String why) {
        LOG.warn("Issuer {} does not tell its keys: {}", issuer, why);
        return new RequestRefused(Failures.issuerUnavailable());
    }

    private JwtDecoder decoder() {
        JwtDecoder known = decoder;
        return known == null ? firstDecoder() : known;
    }

    private synchronized JwtDecoder firstDecoder() {
        JwtDecoder known = decoder;
        if (known != null) {
            return known;
        }
        Long failed = failedAtNanos;
        if (failed != null && System.nanoTime() - failed < BETWEEN_QUESTIONS.toNanos()) {
            throw new RequestRefused(Failures.issuerUnavailable());
        }
        try {
            JwtDecoder discovered = discover();
            decoder = discovered;
            return discovered;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            failedAtNanos = System.nanoTime();
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    /** As in OpenID Connect Discovery 1.0, section 4. */
    private JwtDecoder discover() throws IOException, ParseException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        Map<String, Object> configuration = JSONObjectUtils.parse(retriever
                .retrieveResource(
                        URI.create(base + "/.well-known/openid-configuration").toURL())
                .getContent());
        Object named = configuration.get("issuer");
        if (!issuer.equals(named)) {
            throw new IllegalArgumentException("it calls itself '" + named + "' (expected: '" + issuer + "')");
        }
        URI keys = JSONObjectUtils.getURI(configuration, "jwks_uri");
        if (keys == null) {
            throw new IllegalArgumentException("its configuration has no jwks_uri");
        }
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(keys.toURL(), retriever)
                .cache(KEYS_ARE_FRESH.toMillis(), CONNECT_MILLIS + READ_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(BETWEEN_QUESTIONS.toMillis())
                .outageTolerant(KEYS_OUTLIVE_AN_OUTAGE.toMillis())
                .build();
        NimbusJwtDecoder found = NimbusJwtDecoder.withJwkSource(source)
                .jwsAlgorithms(algorithms -> algorithms.addAll(Set.of(SignatureAlgorithm.values())))
                .build();
        found.setJwtValidator(validator());
        return found;
    }

    private OAuth2TokenValidator<Jwt> validator() {
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(new JwtIssuerValidator(issuer));
        // at+jwt is RFC 9068's.
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt");
        type.setAllowEmpty(true);
        validators.add(type);
        if (audience != null) {
            validators.add(new JwtAudienceValidator(audience));
        }
        return JwtValidators.createDefaultWithValidators(validators);
    }
}
