package io.stockledger.projections.drift;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.drift.DriftLine.Kind;
import io.stockledger.projections.drift.DriftLine.LastMovement;
import io.stockledger.projections.drift.DriftLine.Movements;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    private static final String FORMULA = "=+-@\t\r";

    private static final String[] CSV_HEADER = {
        "location",
        "sku",
        "name",
        "unit",
        "kind",
        "erp",
        "ledger",
        "difference",
        "last_movement_at",
        "last_movement_cause",
        "last_movement_document",
        "recorded_late",
        "recorded_late_change",
        "moved_after",
        "moved_after_change"
    };

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
     * @param offset how many lines to leave out
     * @param most 1 to 1,000
     */
    public Optional<DriftReport> report(
            String snapshot, Set<String> locations, int offset, int most, Freshness freshness) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: 0 or more)");
        }
        return compare(snapshot, locations, offset, most, freshness);
    }

    /**
     * Writes a whole report as CSV with a header, in the order of {@link #report}.
     *
     * @param locations the only ones that it is to speak of; empty: all
     * @return false, and nothing written, when there is no such snapshot
     */
    public boolean writeCsv(String snapshot, Set<String> locations, Writer out, Freshness freshness)
            throws IOException {
        Optional<DriftReport> report = compare(snapshot, locations, 0, ALL, freshness);
        if (report.isEmpty()) {
            return false;
        }
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        csv.writeRecord(CSV_HEADER);
        for (DriftLine line : report.get().lines()) {
            csv.writeRecord(csvFields(line));
        }
        csv.flush();
        return true;
    }

    private Optional<DriftReport> compare(String id, Set<String> locations, int offset, int most, Freshness freshness) {
        views.await(MovementsView.NAME, freshness);
        views.await(CatalogView.NAME, freshness);
        Optional<DriftReport> report =
                oneLook.execute(status -> ErpSnapshots.find(jdbc, id).map(snapshot -> {
                    OffsetDateTime at = snapshot.takenAt().atOffset(ZoneOffset.UTC);
                    String[] only = locations.isEmpty() ? null : locations.toArray(String[]::new);
                    Totals totals = jdbc.queryForObject(DriftSql.TOTALS, DriftQueries::totals, id, at, only);
                    List<DriftLine> lines = jdbc.query(DriftSql.LINES, DriftQueries::line, id, at, only, offset, most);
                    return new DriftReport(snapshot, new TreeSet<>(locations), totals, lines, asOf(snapshot));
                }));
        return report == null ? Optional.empty() : report;
    }

    private AsOf asOf(ErpSnapshot snapshot) {
        return jdbc.query(DriftSql.POSITION, row -> {
            if (!row.next()) {
                return new AsOf(0, 0, Duration.ZERO, snapshot.takenAt());
            }
            OffsetDateTime behindSince = row.getObject("behind_since", OffsetDateTime.class);
            return views.asOf(
                    MovementsView.NAME,
                    row.getLong("position"),
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

    private static String[] csvFields(DriftLine line) {
        LastMovement last = line.lastBefore();
        return new String[] {
            cell(line.location()),
            cell(line.sku()),
            cell(text(line.name())),
            text(line.unit()),
            line.kind().code(),
            text(line.erp()),
            text(line.ledger()),
            text(line.difference()),
            last == null ? "" : last.businessTime().toString(),
            last == null ? "" : last.cause().code(),
            last == null ? "" : cell(last.document()),
            Long.toString(line.recordedLate().count()),
            text(line.recordedLate().change()),
            Long.toString(line.movedAfter().count()),
            text(line.movedAfter().change())
        };
    }

    /** Names that a spreadsheet would take for a formula are told that they are text. */
    private static String cell(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
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
