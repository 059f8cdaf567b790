package io.stockledger.projections.drift;

import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.drift.DriftLine.Kind;
import io.stockledger.projections.drift.DriftLine.LastMovement;
import io.stockledger.projections.drift.DriftLine.Movements;
import io.stockledger.projections.drift.DriftReport.NotCompared;
import io.stockledger.projections.drift.DriftReport.Totals;
import io.stockledger.projections.movements.MovementsView;
import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import io.stockledger.stock.StockFact.Cause;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares the ledger's stock as of a snapshot's instant, in business time, with what the ERP said. All of a report
 * comes from one consistent look. Throws {@link ViewBehind} when the view does not reach the position that was asked
 * for in time, and {@link DataAccessException} when the database does not answer.
 */
public final class DriftQueries {

    public static final int MOST_PER_PAGE = 1_000;

    private static final int ALL = Integer.MAX_VALUE;

    /** No difference is as large. */
    private static final DriftPlace BEFORE_ALL = new DriftPlace(0, new BigDecimal("1e15"), "", "");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate oneLook;
    private final Views views;

    public DriftQueries(DataSource dataSource, Views views) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.oneLook = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.oneLook.setReadOnly(true);
        this.oneLook.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.views = views;
    }

    /**
     * A page of a report, biggest differences first. Empty when there is no such snapshot.
     *
     * @param locations the only ones that it is to speak of; empty: all
     * @param from {@link DriftReport#next} of the page before; null: the first page
     * @param most 1 to 1,000
     */
    public Optional<DriftReport> report(
            String snapshot, Set<String> locations, @Nullable DriftPlace from, int most, Freshness freshness) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
        return compare(snapshot, locations, from, most, freshness);
    }

    /**
     * Writes a whole report as CSV with a header, in the order of {@link #report}, and after it the locations that were
     * not compared.
     *
     * @param locations the only ones that it is to speak of; empty: all
     * @return false, and nothing written, when there is no such snapshot
     */
    public boolean writeCsv(String snapshot, Set<String> locations, Writer out, Freshness freshness)
            throws IOException {
        Optional<DriftReport> report = compare(snapshot, locations, null, ALL, freshness);
        if (report.isEmpty()) {
            return false;
        }
        DriftCsv.write(report.get(), out);
        return true;
    }

    private Optional<DriftReport> compare(
            String id, Set<String> locations, @Nullable DriftPlace from, int most, Freshness freshness) {
        views.await(MovementsView.NAME, freshness);
        views.await(CatalogView.NAME, freshness);
        Optional<DriftReport> report = oneLook.execute(status ->
                ErpSnapshots.find(jdbc, id).map(snapshot -> compare(snapshot, new TreeSet<>(locations), from, most)));
        return report == null ? Optional.empty() : report;
    }

    private DriftReport compare(
            ErpSnapshot snapshot, SortedSet<String> locations, @Nullable DriftPlace from, int most) {
        AsOf asOf = asOf(snapshot, from);
        long position = asOf.position();
        String[] only = locations.isEmpty() ? null : locations.toArray(String[]::new);
        Object[] asked = {snapshot.id(), snapshot.takenAt().atOffset(ZoneOffset.UTC), only, position, position};
        Totals totals = jdbc.queryForObject(DriftSql.TOTALS, DriftQueries::totals, asked);
        List<NotCompared> notCompared = jdbc.query(
                DriftSql.NOT_COMPARED,
                (row, number) -> new NotCompared(row.getString("location"), row.getLong("items")),
                asked);
        DriftPlace begin = from == null ? BEFORE_ALL : from;
        Object[] page = {begin.difference(), begin.location(), begin.sku(), most + 1L};
        List<DriftLine> lines = jdbc.query(
                DriftSql.LINES,
                DriftQueries::line,
                Stream.of(asked, page).flatMap(Arrays::stream).toArray());
        boolean more = lines.size() > most;
        List<DriftLine> shown = more ? List.copyOf(lines.subList(0, most)) : lines;
        DriftPlace next = more ? DriftPlace.after(shown.get(most - 1), position) : null;
        return new DriftReport(snapshot, locations, totals, notCompared, shown, next, asOf);
    }

    /** @param from null: the latest that the view has */
    private AsOf asOf(ErpSnapshot snapshot, @Nullable DriftPlace from) {
        return jdbc.query(DriftSql.POSITION, row -> {
            boolean any = row.next();
            long seen = any ? row.getLong("position") : 0;
            long position = from == null ? seen : from.position();
            if (position > seen) {
                throw new ViewBehind(MovementsView.NAME, seen, position);
            }
            if (!any) {
                return new AsOf(0, 0, Duration.ZERO, snapshot.takenAt());
            }
            OffsetDateTime behindSince = row.getObject("behind_since", OffsetDateTime.class);
            return views.asOf(
                    MovementsView.NAME,
                    position,
                    row.getLong("head"),
                    behindSince == null ? null : behindSince.toInstant(),
                    snapshot.takenAt());
        });
    }

    private static Totals totals(ResultSet row, int number) throws SQLException {
        return new Totals(
                row.getLong("compared"),
                row.getLong("matching"),
                row.getLong("differing"),
                row.getLong("unknown_items"),
                row.getLong("unknown_locations"),
                plain(row.getBigDecimal("absolute_difference")));
    }

    private static DriftLine line(ResultSet row, int number) throws SQLException {
        return new DriftLine(
                row.getString("location"),
                row.getString("sku"),
                row.getString("name"),
                row.getString("unit"),
                Kind.valueOf(row.getString("kind")),
                plainOrNull(row.getBigDecimal("erp")),
                plainOrNull(row.getBigDecimal("ledger")),
                plain(row.getBigDecimal("difference")),
                last(row),
                movements(row, "late"),
                movements(row, "later"));
    }

    private static @Nullable LastMovement last(ResultSet row) throws SQLException {
        String cause = row.getString("last_cause");
        return cause == null
                ? null
                : new LastMovement(
                        row.getLong("last_position"),
                        row.getObject("last_business_time", OffsetDateTime.class)
                                .toInstant(),
                        Cause.valueOf(cause),
                        row.getString("last_document"),
                        plain(row.getBigDecimal("last_change")));
    }

    private static Movements movements(ResultSet row, String which) throws SQLException {
        Array documents = row.getArray(which + "_documents");
        return new Movements(
                row.getLong(which + "_number"),
                plain(row.getBigDecimal(which + "_change")),
                documents == null ? List.of() : List.of((String[]) documents.getArray()));
    }

    private static @Nullable BigDecimal plainOrNull(@Nullable BigDecimal number) {
        return number == null ? null : plain(number);
    }

    /** 12.000 is 12. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
