package io.stockledger.api.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One-time codes by which devices get keys of their own. Only hashes are kept. */
public final class EnrolmentCodes {

    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentCodes.class);
    private static final String KIND = "enrolment-code";

    public static final Duration USUAL_VALIDITY = Duration.ofHours(1);

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    /** Without letters that look like digits; 12 of them are 60 bits, of which nobody guesses one within a week. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int GROUPS = 3;
    private static final int GROUP_LENGTH = 4;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST_ADDRESSES = 10_000;
    private static final int WRONG_CODES_AT_ONCE = 10;
    private static final Duration PER_WRONG_CODE = Duration.ofSeconds(6);

    private final JdbcClient database;
    private final ApiKeys keys;
    private final Seal seal;
    private final SecurityLog security;
    private final InstantSource clock;

    /** For who guesses, and for who asks the database more than a typist does. */
    private final LoadingCache<String, Bucket> wrongCodes = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .build(address -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(WRONG_CODES_AT_ONCE).refillGreedy(1, PER_WRONG_CODE))
                    .build());

    public EnrolmentCodes(JdbcClient database, ApiKeys keys, Seal seal, SecurityLog security, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.seal = seal;
        this.security = security;
        this.clock = clock;
    }

    /** A code at its creation, the only time that it is known. */
    public record Created(String code, Instant expiresAt) {
        @Override
        public String toString() {
            return "Created[until " + expiresAt + "]";
        }
    }

    /** What a code was traded for. */
    public record Enrolled(String secret, String keyName, String location) {
        @Override
        public String toString() {
            return "Enrolled[" + keyName + " at " + location + "]";
        }
    }

    /** @throws InvalidCommand when a value is not allowed */
    public Created create(String location, Duration validFor, String createdBy) {
        Check.code("location", location);
        if (validFor.compareTo(SHORTEST) < 0 || validFor.compareTo(LONGEST) > 0) {
            throw new InvalidCommand("validFor", validFor + " (expected: from " + SHORTEST + " to " + LONGEST + ")");
        }
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            code.append(i > 0 && i % GROUP_LENGTH == 0 ? "-" : "")
                    .append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expiresAt = now.plus(validFor);
        byte[] hash = hash(code.toString());
        database.sql("""
                INSERT INTO access.enrolment_code (hash, location, created_by, created_at, expires_at, seal)
                VALUES (:hash, :location, :createdBy, :createdAt, :expiresAt, :seal)
                """)
                .param("hash", hash)
                .param("seal", seal.of(KIND, hash, location, createdBy, now, expiresAt))
                .param("location", location)
                .param("createdBy", createdBy)
                .param("createdAt", Timestamp.from(now))
                .param("expiresAt", Timestamp.from(expiresAt))
                .update();
        return new Created(code.toString(), expiresAt);
    }

    /**
     * Uses the code up. The key is made first and taken back if somebody else used the code at the same moment, so that
     * a code is never used up for nothing.
     *
     * @param address where the device calls from; after some wrong codes no code is looked at for a while
     * @throws RequestRefused when the code is unknown, used or out of date, or too many were
     * @throws InvalidCommand when the device's name is not allowed, or a living key has it
     */
    public Enrolled redeem(String code, String device, String address) {
        Check.code("device", device);
        Bucket wrong = wrongCodes.get(address);
        EstimationProbe probe = wrong.estimateAbilityToConsume(1);
        if (!probe.canBeConsumed()) {
            throw new RequestRefused(Failures.tooManyWrongCodes(Duration.ofNanos(probe.getNanosToWaitForRefill())));
        }
        byte[] hash = hash(code.strip().toUpperCase(Locale.ROOT));
        Optional<String> found = locationOf(hash);
        if (found.isEmpty()) {
            wrong.tryConsume(1);
            throw unknown();
        }
        String location = found.get();
        ApiKeys.Created key = keys.create("device-" + device, List.of(Role.DEVICE.code()), List.of(location));
        int used = database.sql("""
                UPDATE access.enrolment_code SET used_at = :now, used_by = :device, seal = NULL
                WHERE hash = :hash AND used_at IS NULL AND expires_at > :now
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("device", device)
                .param("hash", hash)
                .update();
        if (used != 1) {
            keys.revoke(key.key().id());
            throw unknown();
        }
        return new Enrolled(key.secret(), key.key().name(), location);
    }

    private Optional<String> locationOf(byte[] hash) {
        return database.sql("""
                SELECT * FROM access.enrolment_code WHERE hash = :hash AND used_at IS NULL AND expires_at > :now
                """)
                .param("hash", hash)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) ->
                        isWhole(row) ? Optional.of(row.getString("location")) : Optional.<String>empty())
                .optional()
                .flatMap(location -> location);
    }

    private boolean isWhole(ResultSet row) throws SQLException {
        if (seal.isOn(
                row.getBytes("seal"),
                KIND,
                row.getBytes("hash"),
                row.getString("location"),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant())) {
            return true;
        }
        LOG.error("An enrolment code is refused: access.enrolment_code has it otherwise than this service wrote it");
        security.tell(SecurityLog.BROKEN_SEAL, null, null, "enrolment code");
        return false;
    }

    private static RequestRefused unknown() {
        return new RequestRefused(
                Problem.of(Failures.UNAUTHENTICATED, "The enrolment code is unknown, used or out of date."));
    }

    private static byte[] hash(String code) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
