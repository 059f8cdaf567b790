package io.stockledger.projections.history;

import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * What happened. Throws {@link ViewBehind} when the view does not reach the position that was asked for in time, and
 * {@link DataAccessException} when the database does not answer.
 */
public final class HistoryQueries {

    public static final int MOST_PER_PAGE = 1_000;

    private static final String PAGE = """
            SELECT v.position AS view_position, v.head, v.behind_since, f.*
            FROM view_position v
            LEFT JOIN (%s) AS f ON true
            WHERE v.view = 'history'
            ORDER BY f.position %s""";

    private static final String FACTS = "SELECT * FROM history WHERE %s AND position %s ? ORDER BY position %s LIMIT ?";

    private final JdbcTemplate jdbc;
    private final Views views;

    public HistoryQueries(DataSource dataSource, Views views) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.views = views;
    }

    /** Facts in the order in which they were recorded. */
    public HistoryPage oldestFirst(HistoryQuestion question, int most, Freshness freshness) {
        return oldestFirst(question, 0, most, freshness);
    }

    /** @param afterPosition {@link HistoryPage#next} of the page before */
    public HistoryPage oldestFirst(HistoryQuestion question, long afterPosition, int most, Freshness freshness) {
        return page(question, afterPosition, ">", "ASC", most, freshness);
    }

    /** Facts from the latest back. */
    public HistoryPage newestFirst(HistoryQuestion question, int most, Freshness freshness) {
        return newestFirst(question, Long.MAX_VALUE, most, freshness);
    }

    /** @param beforePosition {@link HistoryPage#next} of the page before */
    public HistoryPage newestFirst(HistoryQuestion question, long beforePosition, int most, Freshness freshness) {
        return page(question, beforePosition, "<", "DESC", most, freshness);
    }

    private HistoryPage page(
            HistoryQuestion question, long from, String beyond, String order, int most, Freshness freshness) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
        views.await(HistoryView.NAME, freshness);
        List<Object> arguments = new ArrayList<>();
        String sql = PAGE.formatted(facts(question, from, beyond, order, most, arguments), order);
        Instant at = Instant.now();
        ResultSetExtractor<HistoryPage> page = rows -> page(rows, most, at);
        return jdbc.query(sql, page, arguments.toArray());
    }

    private static String facts(
            HistoryQuestion question, long from, String beyond, String order, int most, List<Object> arguments) {
        String document = question.document();
        if (document == null) {
            return facts(question, "true", null, from, beyond, order, most, arguments);
        }
        // What its command told, and what later commands added to its stream, each with its own index.
        return "SELECT * FROM ((" + facts(question, "document = ?", document, from, beyond, order, most, arguments)
                + ") UNION ALL ("
                + facts(question, "stream = ? AND stream <> document", document, from, beyond, order, most, arguments)
                + ")) AS u ORDER BY position " + order + " LIMIT " + most;
    }

    private static String facts(
            HistoryQuestion question,
            String first,
            @Nullable String firstArgument,
            long from,
            String beyond,
            String order,
            int most,
            List<Object> arguments) {
        StringBuilder conditions = new StringBuilder(first);
        if (firstArgument != null) {
            arguments.add(firstArgument);
        }
        also("sku", question.sku(), conditions, arguments);
        also("location", question.location(), conditions, arguments);
        also("device", question.device(), conditions, arguments);
        also("principal", question.principal(), conditions, arguments);
        arguments.add(from);
        arguments.add(most);
        return FACTS.formatted(conditions, beyond, order);
    }

    private static void also(String column, @Nullable String value, StringBuilder conditions, List<Object> arguments) {
        if (value != null) {
            conditions.append(" AND ").append(column).append(" = ?");
            arguments.add(value);
        }
    }

    private HistoryPage page(ResultSet rows, int most, Instant at) throws SQLException {
        List<HistoryFact> facts = new ArrayList<>();
        AsOf asOf = new AsOf(0, 0, Duration.ZERO, at);
        while (rows.next()) {
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
        return new HistoryPage(facts, next, asOf);
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
                row.getString("principal"),
                row.getString("device"),
                row.getString("sku"),
                row.getString("location"),
                row.getString("payload"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
