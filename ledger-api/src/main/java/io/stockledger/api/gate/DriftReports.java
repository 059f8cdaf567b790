package io.stockledger.api.gate;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.drift.DriftPlace;
import io.stockledger.projections.drift.DriftQueries;
import io.stockledger.projections.drift.DriftReport;
import io.stockledger.projections.drift.ErpSnapshots;
import io.stockledger.projections.drift.LineError;
import io.stockledger.projections.drift.SnapshotUpload;
import io.stockledger.projections.movements.MovementsView;
import io.stockledger.projections.view.Freshness;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** ERP snapshots in, and what the ledger makes of them. A caller tied to locations has part in those only. */
public final class DriftReports {

    private static final List<String> SEEN_BY = List.of(MovementsView.NAME, CatalogView.NAME);

    /** So that a message stays one that a person reads. */
    private static final int MOST_NAMED = 20;

    private final Queries queries;
    private final ErpSnapshots snapshots;
    private final DriftQueries drift;
    private final InstantSource clock;

    public DriftReports(Queries queries, ErpSnapshots snapshots, DriftQueries drift, InstantSource clock) {
        this.queries = queries;
        this.snapshots = snapshots;
        this.drift = drift;
        this.clock = clock;
    }

    /** @param takenAt null: a column of the file says */
    public CompletableFuture<SnapshotUpload.Stored> upload(
            String id, @Nullable Instant takenAt, Reader csv, Caller caller) {
        return queries.ask(caller, Permission.UPLOAD_SNAPSHOT, () -> {
            SnapshotUpload upload =
                    snapshots.upload(id, takenAt, csv, caller.name(), caller.locations(), clock.instant());
            if (upload instanceof SnapshotUpload.Unreadable unreadable) {
                throw new RequestRefused(unreadable(unreadable.errors()));
            }
            if (upload instanceof SnapshotUpload.HoldsOthers others) {
                throw new RequestRefused(holdsOthers(others.locations(), caller));
            }
            if (upload instanceof SnapshotUpload.IdTaken) {
                throw new RequestRefused(Refusals.problem(new DocumentRefusal.IdReused("snapshot:" + id, List.of())));
            }
            return (SnapshotUpload.Stored) upload;
        });
    }

    /** @param from where the page before ended; null: the first page */
    public CompletableFuture<DriftReport> report(
            String id, @Nullable DriftPlace from, int most, io.stockledger.v1.Freshness freshness, Caller caller) {
        return queries.ask(
                caller,
                Permission.READ_DRIFT,
                freshness,
                SEEN_BY,
                () -> drift.report(id, caller.locations(), from, most, Freshness.ANY)
                        .orElseThrow(() -> unknown(id)));
    }

    /** The whole report as CSV. */
    public CompletableFuture<String> csv(String id, io.stockledger.v1.Freshness freshness, Caller caller) {
        return queries.ask(caller, Permission.READ_DRIFT, freshness, SEEN_BY, () -> {
            StringWriter csv = new StringWriter();
            try {
                if (!drift.writeCsv(id, caller.locations(), csv, Freshness.ANY)) {
                    throw unknown(id);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return csv.toString();
        });
    }

    private static Problem holdsOthers(SortedSet<String> others, Caller caller) {
        String named = others.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        int more = others.size() - MOST_NAMED;
        return Problem.of(
                Refusals.type(DocumentRefusal.LocationNotAllowed.class),
                "The snapshot also holds " + named + (more > 0 ? " and " + more + " more" : "")
                        + " (expected: only locations that these credentials are tied to, "
                        + new TreeSet<>(caller.locations()) + ").",
                Map.of("location", others.first(), "locations", named));
    }

    private static Problem unreadable(List<LineError> errors) {
        LineError first = errors.get(0);
        Map<String, String> values = new LinkedHashMap<>();
        for (LineError error : errors) {
            values.putIfAbsent("line " + error.line(), text(error));
        }
        return Problem.of(
                Failures.UNREADABLE_SNAPSHOT,
                "Line " + first.line() + ": " + text(first) + (errors.size() > 1 ? " (and more lines)" : ""),
                values);
    }

    private static String text(LineError error) {
        return error.field().isEmpty() ? error.message() : error.field() + ": " + error.message();
    }

    private static RequestRefused unknown(String id) {
        return new RequestRefused(
                Problem.of(Failures.NOT_FOUND, "Snapshot '" + id + "' (expected: one that was uploaded)."));
    }
}
