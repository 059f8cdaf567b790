package io.stockledger.projections.history;

import io.stockledger.eventstore.FactJson;
import io.stockledger.projections.history.HistorySql.Direction;
import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * What happened. Throws {@link ViewBehind} when the view does not reach the position that was asked for in time, and
 * {@link DataAccessException} when the database does not answer.
 */
public final class HistoryQueries {

    public static final int MOST_PER_PAGE = 1_000;

    private static final String OF_STREAMS = "SELECT " + HistorySql.OF_A_FACT + """
            FROM recorded_fact f
            WHERE f.stream IN (:streams) AND f.position <= (SELECT v.position FROM view_position v WHERE v.view = 'history')
            ORDER BY f.stream, f.sequence""";

    /** Clocks of two nodes may be that far apart, so that positions and record times don't quite have one order. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private static final String POSITION_FROM =
            "SELECT position_from(:at, (SELECT position FROM view_position WHERE view = 'history'))";

    private final NamedParameterJdbcTemplate jdbc;
    private final Views views;

    public HistoryQueries(DataSource dataSource, Views views) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.views = views;
    }

    /** Facts in the order in which they were recorded. */
    public HistoryPage oldestFirst(HistoryQuestion question, int most, Freshness freshness) {
        return oldestFirst(question, 0, most, freshness);
    }

    /** @param afterPosition {@link HistoryPage#next} of the page before */
    public HistoryPage oldestFirst(HistoryQuestion question, long afterPosition, int most, Freshness freshness) {
        return oldestFirst(question, afterPosition, Long.MAX_VALUE, most, freshness);
    }

    /** @param upTo the last position to look at, for a question that few facts answer */
    public HistoryPage oldestFirst(
            HistoryQuestion question, long afterPosition, long upTo, int most, Freshness freshness) {
        long below = upTo == Long.MAX_VALUE ? upTo : upTo + 1;
        return page(question, Direction.OLDEST_FIRST, afterPosition, below, most, freshness);
    }

    /** Facts from the latest back. */
    public HistoryPage newestFirst(HistoryQuestion question, int most, Freshness freshness) {
        return newestFirst(question, Long.MAX_VALUE, most, freshness);
    }

    /** @param beforePosition {@link HistoryPage#next} of the page before */
    public HistoryPage newestFirst(HistoryQuestion question, long beforePosition, int most, Freshness freshness) {
        return page(question, Direction.NEWEST_FIRST, 0, beforePosition, most, freshness);
    }

    /** All facts of some streams, each stream's in their order, as far as the view has seen them. */
    public List<HistoryFact> ofStreams(Collection<String> streams) {
        return streams.isEmpty()
                ? List.of()
                : jdbc.query(OF_STREAMS, Map.of("streams", streams), (row, number) -> fact(row));
    }

    private HistoryPage page(
            HistoryQuestion question, Direction direction, long above, long below, int most, Freshness freshness) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
        views.await(HistoryView.NAME, freshness);
        Map<String, Object> values = new TreeMap<>();
        values.put("above", Math.max(above, above(question.recordedFrom())));
        values.put("below", Math.min(below, below(question.recordedBefore())));
        values.put("most", most);
        String sql = HistorySql.page(question, direction, values);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        ResultSetExtractor<HistoryPage> page = rows -> page(rows, most, at);
        return jdbc.query(sql, values, page);
    }

    private long above(@Nullable Instant recordedFrom) {
        return recordedFrom == null ? 0 : positionFrom(recordedFrom.minus(CLOCKS_APART)) - 1;
    }

    private long below(@Nullable Instant recordedBefore) {
        return recordedBefore == null ? Long.MAX_VALUE : positionFrom(recordedBefore.plus(CLOCKS_APART));
    }

    private long positionFrom(Instant at) {
        Long position = jdbc.queryForObject(POSITION_FROM, Map.of("at", at.atOffset(ZoneOffset.UTC)), Long.class);
        return position == null ? 0 : position;
    }

    private HistoryPage page(ResultSet rows, int most, Instant at) throws SQLException {
        List<HistoryFact> facts = new ArrayList<>();
        AsOf asOf = new AsOf(0, 0, Duration.ZERO, at);
        OptionalLong parked = OptionalLong.empty();
        while (rows.next()) {
            long first = rows.getLong("parked");
            parked = rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(first);
            asOf = views.asOf(
                    HistoryView.NAME,
                    rows.getLong("view_position"),
                    rows.getLong("head"),
                    instant(rows, "behind_since"),
                    at);
            if (rows.getString("stream") != null) {
                facts.add(fact(rows));
            }
        }
        OptionalLong next = facts.size() < most
                ? OptionalLong.empty()
                : OptionalLong.of(facts.get(facts.size() - 1).position());
        return new HistoryPage(facts, next, asOf, parked);
    }

    private static HistoryFact fact(ResultSet row) throws SQLException {
        return new HistoryFact(
                row.getLong("position"),
                row.getString("stream"),
                row.getLong("sequence"),
                row.getString("name"),
                row.getInt("revision"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getObject("business_time", OffsetDateTime.class).toInstant(),
                row.getString("command"),
                row.getString("document"),
                row.getString("try_id"),
                row.getString("principal"),
                row.getString("device"),
                metadata(row.getString("metadata")),
                row.getString("request_id"),
                row.getString("sku"),
                row.getString("payload"));
    }

    private static Map<String, String> metadata(@Nullable String json) {
        return json == null ? Map.of() : FactJson.texts(json);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
