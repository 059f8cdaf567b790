package io.stockledger.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who logged in or was refused, and who changed who may do what. Nobody waits for it: events are written a moment later, in
 * one statement. Of those that are alike only some are kept for each minute, so that who tries a million keys does not fill
 * a disk; the metric of refusals counts all.
 */
public final class SecurityLog {

    /** A row of keys or enrolment codes is not as the service wrote it. */
    static final String BROKEN_SEAL = "broken-seal";

    static final int MOST_ALIKE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SecurityLog.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_KINDS = 10_000;
    private static final int LONGEST = 500;
    private static final Duration ALIKE_WITHIN = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofDays(400);

    private static final String WRITE = """
            INSERT INTO access.security_event (at, what, principal, address, subject)
            SELECT * FROM unnest(:at::timestamptz[], :what::text[], :principal::text[], :address::text[], :subject::text[])""";

    private final JdbcClient database;
    private final InstantSource clock;
    private final BlockingQueue<SecurityEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Cache<Alike, AtomicInteger> lately = Caffeine.newBuilder()
            .maximumSize(MOST_KINDS)
            .expireAfterWrite(ALIKE_WITHIN)
            .build();

    private record Alike(
            String what,
            @Nullable String principal,
            @Nullable String address) {}

    public SecurityLog(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Waits for nobody. */
    public void tell(String what, @Nullable String principal, @Nullable String address, @Nullable String subject) {
        AtomicInteger alike = lately.get(new Alike(what, principal, address), first -> new AtomicInteger());
        if (alike.incrementAndGet() <= MOST_ALIKE
                && !waiting.offer(
                        new SecurityEvent(0, clock.instant(), what, principal, address, shortened(subject)))) {
            LOG.warn("The security log is not written; {} of {} by {} is left out", what, subject, principal);
        }
    }

    /** Writes what was told since. To be called now and then. */
    public synchronized void write() {
        List<SecurityEvent> events = new ArrayList<>();
        waiting.drainTo(events);
        if (events.isEmpty()) {
            return;
        }
        try {
            database.sql(WRITE)
                    .param("at", column(events, Timestamp.class, event -> Timestamp.from(event.at())))
                    .param("what", column(events, String.class, SecurityEvent::what))
                    .param("principal", column(events, String.class, SecurityEvent::principal))
                    .param("address", column(events, String.class, SecurityEvent::address))
                    .param("subject", column(events, String.class, SecurityEvent::subject))
                    .update();
        } catch (DataAccessException e) {
            // In their order, and before those that came meanwhile as far as there is room.
            events.forEach(waiting::offer);
            throw e;
        }
    }

    /** Drops what has been kept long enough. To be called now and then. */
    public void tidy() {
        database.sql("DELETE FROM access.security_event WHERE at < :before")
                .param("before", Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }

    /**
     * The latest first.
     *
     * @param before the number of the last one of the page before
     */
    public List<SecurityEvent> latest(long before, int most) {
        write();
        return database.sql(
                        "SELECT * FROM access.security_event WHERE number < :before ORDER BY number DESC LIMIT :most")
                .param("before", before)
                .param("most", most)
                .query((row, number) -> event(row))
                .list();
    }

    private static Object column(
            List<SecurityEvent> events, Class<?> type, Function<SecurityEvent, @Nullable Object> value) {
        Object[] column = (Object[]) java.lang.reflect.Array.newInstance(type, events.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(events.get(i));
        }
        return column;
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static SecurityEvent event(ResultSet row) throws SQLException {
        Instant at = row.getTimestamp("at").toInstant();
        return new SecurityEvent(
                row.getLong("number"),
                at,
                row.getString("what"),
                row.getString("principal"),
                row.getString("address"),
                row.getString("subject"));
    }
}
