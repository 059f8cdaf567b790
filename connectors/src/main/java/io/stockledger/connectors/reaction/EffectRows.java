package io.stockledger.connectors.reaction;

import io.stockledger.connectors.reaction.Result.CarriedOut;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The workers' side of {@code connectors.effect}. Each call is one statement and one transaction. */
final class EffectRows {

    /** Jumps from target to target instead of reading all that is due. */
    private static final String TARGETS = """
            WITH RECURSIVE found (target) AS (
                SELECT min(target) FROM connectors.effect WHERE state = 'due'
                UNION ALL
                SELECT (SELECT min(e.target) FROM connectors.effect e WHERE e.state = 'due' AND e.target > f.target)
                FROM found f WHERE f.target IS NOT NULL)
            SELECT target FROM found WHERE target IS NOT NULL""";

    /** Bounds how long one claim takes, however much waits behind the first of its document. */
    private static final int MOST_LOOKED_AT = 32;

    /** Whoever ends the first of a document brings back the next, so this is only for what they missed. */
    private static final Duration STEPS_ASIDE = Duration.ofMinutes(1);

    /**
     * What waits behind an earlier one of its document steps aside, so that it is not looked at each time. The earlier one
     * is found by one look into the index: as a join the planner reads all that is due where it knows of little.
     */
    private static final String CLAIM = """
            WITH looked AS (
                SELECT e.key, e.ctid AS version, e.due_at, e.position,
                    e.position = (
                        SELECT min(first.position) FROM connectors.effect first
                        WHERE first.state = 'due' AND first.target = e.target AND first.ordering = e.ordering) AS is_first
                FROM connectors.effect e
                WHERE e.state = 'due' AND e.target = :target AND e.due_at <= :now
                    AND (e.claimed_until IS NULL OR e.claimed_until <= :now)
                ORDER BY e.due_at, e.position
                LIMIT :mostLookedAt),
            aside AS (
                UPDATE connectors.effect e SET due_at = :later
                FROM looked
                WHERE e.key = looked.key AND NOT looked.is_first
                    -- Not one that was brought back meanwhile.
                    AND e.ctid = looked.version),
            picked AS (
                SELECT e.key FROM connectors.effect e
                WHERE e.key IN (SELECT key FROM looked WHERE is_first ORDER BY due_at, position LIMIT :most)
                    AND e.state = 'due' AND (e.claimed_until IS NULL OR e.claimed_until <= :now)
                FOR UPDATE SKIP LOCKED),
            claimed AS (
                UPDATE connectors.effect e SET claim = :claim, claimed_until = :until, tries = e.tries + 1
                FROM picked WHERE e.key = picked.key
                RETURNING e.key, e.reaction, e.target, e.ordering, e.position, e.subject, e.payload, e.tries, e.due_since,
                    e.status, e.answer)
            SELECT c.*, (SELECT count(*) FROM looked) AS looked_at
            FROM (SELECT) AS one LEFT JOIN claimed c ON true
            ORDER BY c.position""";

    private static final String LOG = """
            INSERT INTO connectors.effect_try (key, tried_at, millis, status, error)
            SELECT e.key, :triedAt, :millis, :status, :error FROM connectors.effect e WHERE e.key = :key""";

    private static final String ANSWERED =
            "UPDATE connectors.effect SET status = :status, answer = :answer WHERE key = :key AND state = 'due'";

    /**
     * Whoever has the claim by now, and even if it was given up meanwhile: a success is a success. The next of its document
     * takes its place in the queue.
     */
    private static final String DONE = """
            WITH ended AS (
                UPDATE connectors.effect
                SET state = 'done', ended_at = :now, status = :status, answer = NULL, last_error = NULL, claim = NULL,
                    claimed_until = NULL
                WHERE key = :key AND state <> 'done'
                RETURNING target, ordering, position, due_at)
            UPDATE connectors.effect e SET due_at = ended.due_at
            FROM ended CROSS JOIN LATERAL (
                SELECT n.key FROM connectors.effect n
                WHERE n.state = 'due' AND n.target = ended.target AND n.ordering = ended.ordering
                    AND n.position > ended.position
                ORDER BY n.position LIMIT 1) AS next
            WHERE e.key = next.key""";

    private static final String AGAIN = """
            UPDATE connectors.effect
            SET due_at = :at, last_error = :error, claim = NULL, claimed_until = NULL
            WHERE key = :key AND claim = :claim AND state = 'due'""";

    /** What waited behind it has its own time from now on. */
    private static final String PARK = """
            WITH parked AS (
                UPDATE connectors.effect
                SET state = 'parked', ended_at = :now, last_error = :error, claim = NULL, claimed_until = NULL
                WHERE key = :key AND claim = :claim AND state = 'due'
                RETURNING key, target, ordering, due_at),
            next AS (
                UPDATE connectors.effect e SET due_since = :now, due_at = p.due_at
                FROM parked p
                WHERE e.state = 'due' AND e.target = p.target AND e.ordering = p.ordering AND e.key <> p.key
                    AND e.tries = 0)
            SELECT count(*) FROM parked""";

    private static final String GIVE_BACK = """
            UPDATE connectors.effect SET claim = NULL, claimed_until = NULL, tries = tries - 1
            WHERE key = :key AND claim = :claim AND state = 'due'""";

    private final JdbcClient jdbc;

    EffectRows(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** For whom something is due, now or later. */
    List<String> targets() {
        return jdbc.sql(TARGETS).query(String.class).list();
    }

    List<Effect> claim(String target, int most, UUID claim, Instant now, Duration length) {
        List<Effect> claimed = new ArrayList<>();
        int lookedAt = MOST_LOOKED_AT;
        while (lookedAt == MOST_LOOKED_AT && claimed.size() < most) {
            lookedAt = claim(target, most - claimed.size(), claim, now, length, claimed);
        }
        return claimed;
    }

    private int claim(String target, int most, UUID claim, Instant now, Duration length, List<Effect> claimed) {
        return jdbc.sql(CLAIM)
                .param("target", target)
                .param("now", utc(now))
                .param("later", utc(now.plus(STEPS_ASIDE)))
                .param("mostLookedAt", MOST_LOOKED_AT)
                .param("most", most)
                .param("claim", claim)
                .param("until", utc(now.plus(length)))
                .query((ResultSet rows) -> {
                    int lookedAt = 0;
                    while (rows.next()) {
                        lookedAt = rows.getInt("looked_at");
                        if (rows.getString("key") != null) {
                            claimed.add(effect(rows));
                        }
                    }
                    return lookedAt;
                });
    }

    void log(Effect effect, Instant triedAt, Duration took, Result result) {
        jdbc.sql(LOG)
                .param("key", effect.key())
                .param("triedAt", utc(triedAt))
                .param("millis", took.toMillis())
                .param("status", result.status())
                .param("error", error(result))
                .update();
    }

    void answered(Effect effect, CarriedOut answer) {
        jdbc.sql(ANSWERED)
                .param("key", effect.key())
                .param("status", answer.status())
                .param("answer", answer.answer())
                .update();
    }

    void done(Effect effect, @Nullable Integer status, Instant now) {
        jdbc.sql(DONE)
                .param("key", effect.key())
                .param("status", status)
                .param("now", utc(now))
                .update();
    }

    void again(Effect effect, UUID claim, Instant at, String error) {
        jdbc.sql(AGAIN)
                .param("key", effect.key())
                .param("claim", claim)
                .param("at", utc(at))
                .param("error", error)
                .update();
    }

    /** @return whether it was still this claim's to park */
    boolean park(Effect effect, UUID claim, Instant now, String error) {
        return jdbc.sql(PARK)
                        .param("key", effect.key())
                        .param("claim", claim)
                        .param("now", utc(now))
                        .param("error", error)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** As if it had not been claimed. */
    void giveBack(Effect effect, UUID claim) {
        jdbc.sql(GIVE_BACK).param("key", effect.key()).param("claim", claim).update();
    }

    static @Nullable String error(Result result) {
        if (result instanceof Result.Failed failed) {
            return failed.error();
        }
        return result instanceof Result.Refused refused ? refused.error() : null;
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Effect effect(ResultSet row) throws SQLException {
        String answer = row.getString("answer");
        return new Effect(
                row.getString("key"),
                row.getString("reaction"),
                row.getString("target"),
                row.getString("ordering"),
                row.getLong("position"),
                row.getString("subject"),
                row.getString("payload"),
                row.getInt("tries"),
                row.getObject("due_since", OffsetDateTime.class).toInstant(),
                answer == null ? null : new CarriedOut(row.getObject("status", Integer.class), answer));
    }
}
