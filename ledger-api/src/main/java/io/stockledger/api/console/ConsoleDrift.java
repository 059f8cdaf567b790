package io.stockledger.api.console;

import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.document.Check;
import io.stockledger.projections.drift.DriftQueries;
import io.stockledger.projections.drift.DriftReport;
import io.stockledger.projections.drift.ErpSnapshot;
import io.stockledger.projections.drift.ErpSnapshots;
import io.stockledger.projections.view.Freshness;
import java.util.List;
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

    @GetMapping("/report")
    String report(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String id,
            @RequestParam(defaultValue = "0") int offset,
            Model model) {
        caller.require(Permission.READ_DRIFT);
        DriftReport report = drift.report(
                        Check.identifier("id", id, LONGEST_ID),
                        caller.locations(),
                        Math.max(0, offset),
                        LINES,
                        Freshness.ANY)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No snapshot is called '" + id + "'."));
        boolean more = report.lines().size() == LINES;
        model.addAttribute("snapshot", SnapshotRow.of(report.snapshot()));
        model.addAttribute("locations", report.locations());
        model.addAttribute("totals", report.totals());
        model.addAttribute("lines", report.lines().stream().map(DriftRow::of).toList());
        model.addAttribute("asOf", AsOfText.of(report.asOf()));
        model.addAttribute(
                "next",
                more
                        ? UriComponentsBuilder.fromPath("/console/drift/report")
                                .queryParam("id", "{id}")
                                .queryParam("offset", offset + LINES)
                                .encode()
                                .buildAndExpand(id)
                                .toUriString()
                        : null);
        return "console/drift-report";
    }
}
