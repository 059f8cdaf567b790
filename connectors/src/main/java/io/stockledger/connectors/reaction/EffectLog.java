package io.stockledger.connectors.reaction;

import io.stockledger.connectors.reaction.LoggedEffect.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was done outside, for people: shown, counted, sent again. Throws {@link DataAccessException} when the database
 * does not answer.
 */
public final class EffectLog {

    private static final String COLUMNS = """
            SELECT key, reaction, target, ordering, position, subject, state, tries, due_since, due_at, status,
                last_error, ended_at
            FROM connectors.effect""";

    private static final String PAGE = COLUMNS + """
             WHERE target = :target AND position < :before AND (:state::text IS NULL OR state = :state)
            ORDER BY position DESC LIMIT :most""";

    private static final String TRIES = """
            SELECT tried_at, millis, status, error FROM connectors.effect_try
            WHERE key = :key ORDER BY tried_at DESC LIMIT :most""";

    /** What was carried out is done anew; of what was answered and parked, only its outcome is left. */
    private static final String RESEND = """
            UPDATE connectors.effect
            SET state = 'due', due_since = :now, due_at = :now, tries = 0, ended_at = NULL
            WHERE target = :target AND state <> 'due'""";

    private static final String PARK_ALL = """
            UPDATE connectors.effect
            SET state = 'parked', ended_at = :now, last_error = :error, claim = NULL, claimed_until = NULL
            WHERE target = :target AND state = 'due'""";

    /** Each half by its own index: what was carried out may be much more, and is not looked at. */
    private static final String TOTALS = """
            SELECT reaction, sum(due) AS due, sum(parked) AS parked, min(oldest) AS oldest
            FROM (
                SELECT reaction, count(*) AS due, 0 AS parked, min(due_since) AS oldest
                FROM connectors.effect WHERE state = 'due' GROUP BY reaction
                UNION ALL
                SELECT reaction, 0, count(*), NULL FROM connectors.effect WHERE state = 'parked' GROUP BY reaction) AS half
            GROUP BY reaction""";

    private static final String TALLIES = """
            SELECT t.target,
                (SELECT count(*) FROM connectors.effect e WHERE e.target = t.target AND e.state = 'due') AS due,
                (SELECT count(*) FROM connectors.effect e WHERE e.target = t.target AND e.state = 'parked') AS parked,
                last.tried_at, last.millis, last.status, last.error
            FROM unnest(:targets::text[]) AS t (target)
            LEFT JOIN LATERAL (
                SELECT r.tried_at, r.millis, r.status, r.error
                FROM (SELECT key FROM connectors.effect e WHERE e.target = t.target ORDER BY position DESC LIMIT 50) AS late
                JOIN connectors.effect_try r USING (key)
                ORDER BY r.tried_at DESC LIMIT 1) AS last ON true""";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public EffectLog(DataSource dataSource, InstantSource clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /** A try. */
    public record Try(
            Instant at,
            long millis,
            @Nullable Integer status,
            @Nullable String error) {}

    /** @param last the last try of one of the target's newest effects; null where there was none */
    public record Tally(
            String target, long due, long parked, @Nullable Try last) {}

    /** @param oldestDue since when the oldest effect that is due has been due */
    public record Totals(
            String reaction,
            long due,
            long parked,
            @Nullable Instant oldestDue) {}

    /**
     * A target's effects, newest first.
     *
     * @param before the position of the last one of the page before
     */
    public List<LoggedEffect> page(String target, @Nullable State state, long before, int most) {
        return jdbc.sql(PAGE)
                .param("target", target)
                .param("state", state == null ? null : code(state))
                .param("before", before)
                .param("most", most)
                .query((row, number) -> logged(row))
                .list();
    }

    public Optional<LoggedEffect> find(String key) {
        return jdbc.sql(COLUMNS + " WHERE key = :key")
                .param("key", key)
                .query((row, number) -> logged(row))
                .optional();
    }

    /** Newest first. */
    public List<Try> tries(String key, int most) {
        return jdbc.sql(TRIES)
                .param("key", key)
                .param("most", most)
                .query((row, number) -> new Try(
                        row.getObject("tried_at", OffsetDateTime.class).toInstant(),
                        row.getLong("millis"),
                        row.getObject("status", Integer.class),
                        row.getString("error")))
                .list();
    }

    /** Of all reactions that have something due or parked. */
    public List<Totals> totals() {
        return jdbc.sql(TOTALS)
                .query((row, number) -> new Totals(
                        row.getString("reaction"), row.getLong("due"), row.getLong("parked"), instant(row, "oldest")))
                .list();
    }

    /** How each of some targets stands. */
    public Map<String, Tally> tallies(Collection<String> targets) {
        return jdbc
                .sql(TALLIES)
                .param("targets", targets.toArray(String[]::new))
                .query((row, number) ->
                        new Tally(row.getString("target"), row.getLong("due"), row.getLong("parked"), lastTry(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Tally::target, tally -> tally));
    }

    private static @Nullable Try lastTry(ResultSet row) throws SQLException {
        Instant at = instant(row, "tried_at");
        return at == null
                ? null
                : new Try(at, row.getLong("millis"), row.getObject("status", Integer.class), row.getString("error"));
    }

    /**
     * Makes an effect due again that has ended.
     *
     * @return whether there was one
     */
    public boolean resend(String target, String key) {
        return jdbc.sql(RESEND + " AND key = :key")
                        .param("now", EffectRows.utc(clock.instant()))
                        .param("target", target)
                        .param("key", key)
                        .update()
                > 0;
    }

    /**
     * @param after of facts behind this position
     * @return how many were parked and are due again
     */
    public int resendParked(String target, long after) {
        return jdbc.sql(RESEND + " AND state = 'parked' AND position > :after")
                .param("now", EffectRows.utc(clock.instant()))
                .param("target", target)
                .param("after", after)
                .update();
    }

    /** @return how many were due and are parked */
    public int parkAll(String target, String error) {
        return jdbc.sql(PARK_ALL)
                .param("now", EffectRows.utc(clock.instant()))
                .param("target", target)
                .param("error", error)
                .update();
    }

    /** Whether more than so many are due. */
    public boolean isMoreDue(String target, int most) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM connectors.effect WHERE target = :target AND state = 'due'"
                        + " OFFSET :most)")
                .param("target", target)
                .param("most", most)
                .query(Boolean.class)
                .single();
    }

    /** As if there had been none. */
    public void forget(String target) {
        jdbc.sql("DELETE FROM connectors.effect WHERE target = :target")
                .param("target", target)
                .update();
    }

    private static String code(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static LoggedEffect logged(ResultSet row) throws SQLException {
        return new LoggedEffect(
                row.getString("key"),
                row.getString("reaction"),
                row.getString("target"),
                row.getString("ordering"),
                row.getLong("position"),
                row.getString("subject"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("tries"),
                row.getObject("due_since", OffsetDateTime.class).toInstant(),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getObject("status", Integer.class),
                row.getString("last_error"),
                instant(row, "ended_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
