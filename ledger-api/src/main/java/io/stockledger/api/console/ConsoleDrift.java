package io.stockledger.api.console;

import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.wire.PageToken;
import io.stockledger.document.Check;
import io.stockledger.projections.drift.DriftPlace;
import io.stockledger.projections.drift.DriftQueries;
import io.stockledger.projections.drift.DriftReport;
import io.stockledger.projections.drift.ErpSnapshot;
import io.stockledger.projections.drift.ErpSnapshots;
import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Freshness;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/** Where the ledger and the ERP disagree, as pages. */
@Controller
@RequestMapping("/console/drift")
class ConsoleDrift {

    private static final int SNAPSHOTS = 100;
    private static final int LINES = 100;
    private static final int LONGEST_ID = 128;

    /** So that the sentence stays one that a person reads. */
    private static final int PLACES = 20;

    private final ErpSnapshots snapshots;
    private final DriftQueries drift;

    ConsoleDrift(ErpSnapshots snapshots, DriftQueries drift) {
        this.snapshots = snapshots;
        this.drift = drift;
    }

    /** @param taken when, as people read it */
    record SnapshotRow(String id, String taken, String uploaded, String by, int lines) {

        static SnapshotRow of(ErpSnapshot snapshot) {
            return new SnapshotRow(
                    snapshot.id(),
                    Times.text(snapshot.takenAt()),
                    Times.text(snapshot.uploadedAt()),
                    snapshot.uploadedBy(),
                    snapshot.lines());
        }
    }

    @ModelAttribute("caller")
    @Nullable Caller caller(@AuthenticationPrincipal @Nullable Caller caller) {
        return caller;
    }

    @GetMapping
    String list(@AuthenticationPrincipal Caller caller, Model model) {
        caller.require(Permission.READ_DRIFT);
        List<SnapshotRow> rows = snapshots.latest(caller.locations(), SNAPSHOTS).stream()
                .map(SnapshotRow::of)
                .toList();
        model.addAttribute("snapshots", rows);
        return "console/drift";
    }

    /** @param page of the link to the next page; left out: the first */
    @GetMapping("/report")
    String report(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String id,
            @RequestParam(defaultValue = "") String page,
            Model model) {
        caller.require(Permission.READ_DRIFT);
        DriftReport report = drift.report(
                        Check.identifier("id", id, LONGEST_ID),
                        caller.locations(),
                        PageToken.read(page, DriftPlace::of),
                        LINES,
                        Freshness.ANY)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No snapshot is called '" + id + "'."));
        model.addAttribute("snapshot", SnapshotRow.of(report.snapshot()));
        model.addAttribute("locations", report.locations());
        model.addAttribute("totals", report.totals());
        model.addAttribute("notCompared", notCompared(report.notCompared()));
        model.addAttribute("lines", report.lines().stream().map(DriftRow::of).toList());
        model.addAttribute("position", report.asOf().position());
        model.addAttribute("asOf", asOf(report.asOf(), page));
        model.addAttribute("next", next(id, report.next()));
        return "console/drift-report";
    }

    /** Names the locations; empty when there is none. */
    private static String notCompared(List<DriftReport.NotCompared> places) {
        String named = places.stream()
                .limit(PLACES)
                .map(place -> place.location() + (place.items() == 1 ? " (1 item)" : " (" + place.items() + " items)"))
                .collect(Collectors.joining(", "));
        int more = places.size() - PLACES;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    /** A later page is as old as the first one. */
    private static String asOf(AsOf asOf, String page) {
        long since = asOf.head() - asOf.position();
        return since > 0 && !page.isEmpty()
                ? "as on the first page (facts since then: " + since + ")"
                : AsOfText.of(asOf).behind();
    }

    private static @Nullable String next(String id, @Nullable DriftPlace next) {
        return next == null
                ? null
                : UriComponentsBuilder.fromPath("/console/drift/report")
                        .queryParam("id", "{id}")
                        .queryParam("page", PageToken.of(next.text()))
                        .encode()
                        .buildAndExpand(id)
                        .toUriString();
    }
}
