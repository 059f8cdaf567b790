package io.stockledger.connectors.reaction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the effects bounded: gives up what no try got to, and drops what has been kept long enough. */
final class EffectTidying {

    /** Behind the last try, which is for the workers to make; so also behind their start, after days without any. */
    static final Duration GRACE = Duration.ofHours(1);

    private static final int MOST_AT_ONCE = 5_000;

    private static final String GIVE_UP = """
            WITH late AS (
                SELECT key FROM connectors.effect
                WHERE state = 'due' AND due_since < :before AND (claimed_until IS NULL OR claimed_until <= :now)
                LIMIT :most
                FOR UPDATE SKIP LOCKED)
            UPDATE connectors.effect e
            SET state = 'parked', ended_at = :now, claim = NULL, claimed_until = NULL,
                last_error = coalesce(e.last_error, 'the target was left alone until the time was up')
            FROM late WHERE e.key = late.key
            RETURNING e.reaction""";

    private static final String DROP = """
            DELETE FROM connectors.effect WHERE key IN (
                SELECT key FROM connectors.effect WHERE state = :state AND ended_at < :before
                LIMIT :most
                FOR UPDATE SKIP LOCKED)""";

    private final JdbcClient jdbc;
    private final WorkerSettings settings;

    EffectTidying(DataSource dataSource, WorkerSettings settings) {
        this.jdbc = JdbcClient.create(dataSource);
        this.settings = settings;
    }

    /** @return how many effects of each reaction were given up */
    Map<String, Long> giveUp(Instant now) {
        Map<String, Long> parked = new TreeMap<>();
        int last = MOST_AT_ONCE;
        while (last == MOST_AT_ONCE) {
            List<String> some = giveUpSome(now);
            some.forEach(reaction -> parked.merge(reaction, 1L, Long::sum));
            last = some.size();
        }
        return parked;
    }

    private List<String> giveUpSome(Instant now) {
        return jdbc.sql(GIVE_UP)
                .param(
                        "before",
                        EffectRows.utc(
                                now.minus(settings.retries().giveUpAfter()).minus(GRACE)))
                .param("now", EffectRows.utc(now))
                .param("most", MOST_AT_ONCE)
                .query(String.class)
                .list();
    }

    /** Drops what ended long ago, in steps, so that no transaction is long. */
    void drop(Instant now) {
        drop("done", now.minus(settings.keepDone()));
        drop("parked", now.minus(settings.keepParked()));
    }

    private void drop(String state, Instant before) {
        int dropped = MOST_AT_ONCE;
        while (dropped == MOST_AT_ONCE) {
            dropped = jdbc.sql(DROP)
                    .param("state", state)
                    .param("before", EffectRows.utc(before))
                    .param("most", MOST_AT_ONCE)
                    .update();
        }
    }
}
