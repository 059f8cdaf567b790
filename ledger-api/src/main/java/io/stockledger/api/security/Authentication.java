package io.stockledger.api.security;

import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
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

    private final ApiKeys keys;
    private final Optional<JwtDecoder> tokens;
    private final String rolesClaim;

    /**
     * @param tokens empty when no issuer is set
     * @param rolesClaim the claim that lists the roles, with dots between nested names
     */
    public Authentication(ApiKeys keys, Optional<JwtDecoder> tokens, String rolesClaim) {
        this.keys = keys;
        this.tokens = tokens;
        this.rolesClaim = rolesClaim;
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
    public Optional<Caller> callerOf(String token) {
        if (token.startsWith(ApiKeySecret.PREFIX)) {
            return keys.find(token);
        }
        return tokens.flatMap(decoder -> decode(decoder, token));
    }

    /** Whether {@link #callerOf} answers from memory, so that a thread that must not wait may ask it. */
    public boolean answersAtOnce(String token) {
        return keys.isRemembered(token);
    }

    private Optional<Caller> decode(JwtDecoder decoder, String token) {
        try {
            Jwt jwt = decoder.decode(token);
            String subject = Check.identifier("sub", jwt.getSubject(), 200);
            Set<Role> roles = EnumSet.noneOf(Role.class);
            claim(jwt.getClaims(), rolesClaim).forEach(code -> Role.ofCode(code).ifPresent(roles::add));
            Set<String> locations = new HashSet<>(claim(jwt.getClaims(), LOCATIONS_CLAIM));
            if (locations.isEmpty() && jwt.hasClaim(LOCATIONS_CLAIM)) {
                // Empty would mean all.
                throw new InvalidCommand(LOCATIONS_CLAIM, "empty (expected: at least one location, or no claim)");
            }
            return Optional.of(new Caller(subject, roles, locations));
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
