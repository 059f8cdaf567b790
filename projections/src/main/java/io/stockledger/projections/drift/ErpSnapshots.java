package io.stockledger.projections.drift;

import io.stockledger.document.Check;
import io.stockledger.document.Fingerprint;
import io.stockledger.projections.view.Columns;
import io.stockledger.quantity.Unit;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in an ERP's snapshots, each under an id of the caller's choice: the same id with the same content again is the
 * same snapshot. Throws {@link DataAccessException} when the database does not answer.
 */
public final class ErpSnapshots {

    public static final int MOST_LISTED = 1_000;

    private static final String KEEP = """
            INSERT INTO erp_snapshot (snapshot, taken_at, fingerprint, uploaded_at, uploaded_by, lines)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (snapshot) DO NOTHING""";

    private static final String KEEP_LINES = """
            INSERT INTO erp_snapshot_line (snapshot, location, sku, quantity)
            SELECT ?, c.* FROM unnest(?::text[], ?::text[], ?::numeric[]) AS c""";

    private static final String FIND =
            "SELECT snapshot, taken_at, uploaded_at, uploaded_by, lines, fingerprint FROM erp_snapshot WHERE snapshot = ?";

    private static final String UNITS = "SELECT sku, unit FROM item WHERE sku = ANY (?)";

    private static final String LIST = """
            SELECT snapshot, taken_at, uploaded_at, uploaded_by, lines
            FROM erp_snapshot
            ORDER BY taken_at DESC, snapshot
            LIMIT ?""";

    private static final String LIST_OF = """
            SELECT s.snapshot, s.taken_at, s.uploaded_at, s.uploaded_by, seen.lines
            FROM erp_snapshot s
            CROSS JOIN LATERAL (
                SELECT count(*) AS lines
                FROM erp_snapshot_line l
                WHERE l.snapshot = s.snapshot AND l.location = ANY (?::text[])) AS seen
            WHERE seen.lines > 0
            ORDER BY s.taken_at DESC, s.snapshot
            LIMIT ?""";

    private static final Comparator<SnapshotLine> BY_KEY =
            Comparator.comparing(SnapshotLine::location).thenComparing(SnapshotLine::sku);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public ErpSnapshots(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * Stores a whole snapshot, or nothing. The file is CSV: a header with {@code location}, {@code sku}, {@code quantity}
     * (on hand, in the item's unit) and, unless {@code takenAt} is given, {@code taken_at}; at most 500,000 lines.
     *
     * @param takenAt the instant of which the figures are; null: the column says
     * @param principal who uploads it
     * @param mayHold the only locations that it may have; empty: all
     */
    public SnapshotUpload upload(
            String id, @Nullable Instant takenAt, Reader csv, String principal, Set<String> mayHold, Instant now) {
        Check.identifier("snapshot", id, 128);
        SnapshotCsv parsed = parse(csv, takenAt);
        if (!parsed.errors().isEmpty()) {
            return new SnapshotUpload.Unreadable(parsed.errors());
        }
        Instant of = parsed.takenAt();
        if (of.isAfter(now) || !of.isAfter(Instant.EPOCH)) {
            return new SnapshotUpload.Unreadable(
                    List.of(new LineError(1, "taken_at", of + " (expected: after 1970, and not after " + now + ")")));
        }
        SortedSet<String> others = new TreeSet<>();
        parsed.lines().forEach(line -> others.add(line.location()));
        others.removeAll(mayHold);
        if (!mayHold.isEmpty() && !others.isEmpty()) {
            return new SnapshotUpload.HoldsOthers(others);
        }
        List<SnapshotLine> lines = new ArrayList<>(parsed.lines());
        lines.sort(BY_KEY);
        ErpSnapshot snapshot = new ErpSnapshot(id, of, now.truncatedTo(ChronoUnit.MICROS), principal, lines.size());
        String fingerprint = fingerprint(of, lines);
        Optional<SnapshotUpload> known = known(id, fingerprint);
        if (known.isPresent()) {
            return known.get();
        }
        SnapshotUnits inUnits = new SnapshotUnits(parsed);
        List<LineError> wrong = inUnits.wrong(units(inUnits.skus()));
        if (!wrong.isEmpty()) {
            return new SnapshotUpload.Unreadable(wrong);
        }
        boolean kept = Boolean.TRUE.equals(transaction.execute(status -> keep(snapshot, fingerprint, lines)));
        return kept
                ? new SnapshotUpload.Stored(snapshot, false)
                : known(id, fingerprint)
                        .orElseThrow(() ->
                                new IllegalStateException("snapshot " + id + " is gone (expected: kept for ever)"));
    }

    /** Of those that the catalogue knows; the others are told by the report. */
    private Map<String, Unit> units(Set<String> skus) {
        Map<String, Unit> units = new HashMap<>();
        if (!skus.isEmpty()) {
            jdbc.query(
                    UNITS,
                    row -> {
                        units.put(row.getString("sku"), Unit.ofCode(row.getString("unit")));
                    },
                    (Object) skus.toArray(String[]::new));
        }
        return units;
    }

    public Optional<ErpSnapshot> find(String id) {
        return find(jdbc, id);
    }

    static Optional<ErpSnapshot> find(JdbcTemplate jdbc, String id) {
        return jdbc.query(FIND, ErpSnapshots::snapshot, id).stream().findFirst();
    }

    /**
     * The latest that have lines for any of the locations, with how many those are.
     *
     * @param locations the only ones that are wanted; empty: all
     * @param most 1 to 1,000
     */
    public List<ErpSnapshot> latest(Set<String> locations, int most) {
        if (most < 1 || most > MOST_LISTED) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_LISTED + ")");
        }
        return locations.isEmpty()
                ? jdbc.query(LIST, ErpSnapshots::snapshot, most)
                : jdbc.query(LIST_OF, ErpSnapshots::snapshot, locations.toArray(String[]::new), most);
    }

    private boolean keep(ErpSnapshot snapshot, String fingerprint, List<SnapshotLine> lines) {
        int kept = jdbc.update(
                KEEP,
                snapshot.id(),
                snapshot.takenAt().atOffset(ZoneOffset.UTC),
                fingerprint,
                snapshot.uploadedAt().atOffset(ZoneOffset.UTC),
                snapshot.uploadedBy(),
                snapshot.lines());
        if (kept == 0) {
            return false;
        }
        jdbc.execute((Connection connection) -> {
            try (Columns columns = Columns.of(connection, KEEP_LINES)) {
                return columns.text(snapshot.id())
                        .texts(lines.stream().map(SnapshotLine::location).toList())
                        .texts(lines.stream().map(SnapshotLine::sku).toList())
                        .numbers(lines.stream().map(SnapshotLine::quantity).toList())
                        .write();
            }
        });
        return true;
    }

    private Optional<SnapshotUpload> known(String id, String fingerprint) {
        List<SnapshotUpload> known = jdbc.query(
                FIND,
                (row, number) -> row.getString("fingerprint").equals(fingerprint)
                        ? new SnapshotUpload.Stored(snapshot(row, number), true)
                        : new SnapshotUpload.IdTaken(snapshot(row, number)),
                id);
        return known.stream().findFirst();
    }

    /** Of the content, whatever the order of its lines. */
    private static String fingerprint(Instant takenAt, List<SnapshotLine> sorted) {
        Fingerprint fingerprint =
                Fingerprint.of("erp-snapshot/1").field("takenAt", takenAt).field("lines");
        for (SnapshotLine line : sorted) {
            fingerprint.with(line.location()).with(line.sku()).with(line.quantity());
        }
        return fingerprint.text();
    }

    private static SnapshotCsv parse(Reader csv, @Nullable Instant takenAt) {
        try {
            return SnapshotCsv.read(csv, takenAt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ErpSnapshot snapshot(ResultSet row, int number) throws SQLException {
        return new ErpSnapshot(
                row.getString("snapshot"),
                row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                row.getString("uploaded_by"),
                row.getInt("lines"));
    }
}
