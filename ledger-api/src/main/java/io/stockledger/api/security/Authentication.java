package io.stockledger.api.security;

import io.stockledger.api.problem.RequestRefused;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Finds out whose bearer token it is, for both wires and the console: an API key's, or a signed token's. */
public final class Authentication {

    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
    private static final String SCHEME = "bearer ";
    private static final String LOCATIONS_CLAIM = "stockledger_locations";
    private static final String NUMBER_RANGES_CLAIM = "stockledger_number_ranges";

    /** What the principals of tokens begin with, and no key's name does. */
    static final String TOKEN = "token:";

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final ApiKeys keys;
    private final Optional<JwtDecoder> tokens;
    private final String rolesClaim;
    private final InstantSource clock;

    /**
     * @param tokens empty when no issuer is set
     * @param rolesClaim the claim that lists the roles, with dots between nested names
     */
    public Authentication(ApiKeys keys, Optional<JwtDecoder> tokens, String rolesClaim, InstantSource clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.rolesClaim = rolesClaim;
        this.clock = clock;
    }

    /**
     * Who shows an {@code Authorization} header.
     *
     * @param header null: was not sent
     * @param expected where one would have been, for who sent none
     * @throws RequestRefused when it is nobody's
     */
    public Login logIn(@Nullable String header, String expected) {
        return bearer(header).flatMap(this::logIn).orElseThrow(() -> refused(header, expected));
    }

    /** Why an {@code Authorization} header is nobody's, told alike wherever it is shown. */
    public static RequestRefused refused(@Nullable String header, String expected) {
        return Login.refused(
                bearer(header).isPresent()
                        ? "The bearer token is unknown, revoked or out of date."
                        : "No bearer token (expected: " + expected + ").");
    }

    /**
     * The token in an {@code Authorization} header; empty when there is none.
     *
     * @param header null: was not sent
     */
    public static Optional<String> bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).trim())
                : Optional.empty();
    }

    /** Whose token it is; empty when it is nobody's. */
    public Optional<Login> logIn(String token) {
        if (token.startsWith(ApiKeySecret.PREFIX)) {
            return keys.find(token);
        }
        return tokens.flatMap(decoder -> decode(decoder, token));
    }

    /** Whether {@link #logIn} answers from memory, so that a thread that must not wait may ask it. */
    public boolean answersAtOnce(String token) {
        return keys.isRemembered(token);
    }

    private Optional<Login> decode(JwtDecoder decoder, String token) {
        try {
            Jwt jwt = decoder.decode(token);
            String subject = Check.identifier("sub", jwt.getSubject(), 200 - TOKEN.length());
            Instant expiresAt = jwt.getExpiresAt();
            if (expiresAt == null) {
                throw new InvalidCommand("exp", "missing (expected: when the token ends)");
            }
            Set<Role> roles = EnumSet.noneOf(Role.class);
            claim(jwt.getClaims(), rolesClaim).forEach(code -> Role.ofCode(code).ifPresent(roles::add));
            Set<String> locations = new HashSet<>(claim(jwt.getClaims(), LOCATIONS_CLAIM));
            if (locations.isEmpty() && jwt.hasClaim(LOCATIONS_CLAIM)) {
                // Empty would mean all.
                throw new InvalidCommand(LOCATIONS_CLAIM, "empty (expected: at least one location, or no claim)");
            }
            Instant end = expiresAt.plus(CLOCKS_DIFFER);
            return Optional.of(new Login(
                    new Caller(
                            TOKEN + subject, roles, locations, Set.copyOf(claim(jwt.getClaims(), NUMBER_RANGES_CLAIM))),
                    () -> clock.instant().isBefore(end)));
        } catch (BadJwtException | InvalidCommand e) {
            LOG.debug("A token was not taken", e);
            return Optional.empty();
        }
    }

    private static List<String> claim(Map<String, Object> claims, String path) {
        Object value = claims;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).toList()
                : value instanceof String one ? List.of(one.split(" ", -1)) : List.of();
    }
}
