package io.stockledger.api.rest;

import io.stockledger.api.gate.DriftReports;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.api.wire.MalformedRequest;
import io.stockledger.api.wire.PageToken;
import io.stockledger.projections.drift.DriftPlace;
import io.stockledger.projections.drift.ErpSnapshot;
import io.stockledger.v1.ListLocationRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** ERP snapshots and drift reports over REST. */
@RestController
@RequestMapping("/v1/drift/snapshots/{id}")
final class DriftRoutes {

    private static final String CSV = "text/csv";

    /** The only locations that a CSV report speaks of, where the caller is tied to them. */
    static final String LOCATIONS = "Stockledger-Locations";

    /** Twice what the most lines with the longest usual codes take. */
    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final DriftReports reports;
    private final SecurityLog security;

    DriftRoutes(DriftReports reports, SecurityLog security) {
        this.reports = reports;
        this.security = security;
    }

    /** @param repeated the same had been uploaded before */
    record Uploaded(String id, Instant takenAt, Instant uploadedAt, String uploadedBy, int lines, boolean repeated) {

        static Uploaded of(ErpSnapshot snapshot, boolean repeated) {
            return new Uploaded(
                    snapshot.id(),
                    snapshot.takenAt(),
                    snapshot.uploadedAt(),
                    snapshot.uploadedBy(),
                    snapshot.lines(),
                    repeated);
        }
    }

    @PutMapping(consumes = CSV, produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<Uploaded> put(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String takenAt,
            HttpServletRequest request,
            @AuthenticationPrincipal Caller caller)
            throws IOException {
        return upload(id, takenAt, request, caller);
    }

    @PostMapping(consumes = CSV, produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<Uploaded> post(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String takenAt,
            HttpServletRequest request,
            @AuthenticationPrincipal Caller caller)
            throws IOException {
        return upload(id, takenAt, request, caller);
    }

    @GetMapping(path = "/report", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ShownDriftReport> report(
            @PathVariable String id, HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ListLocationRequest page = page(request);
        int size = PageToken.size(page.getPageSize());
        DriftPlace from = PageToken.read(page.getPageToken(), DriftPlace::of);
        return reports.report(id, from, size, page.getFreshness(), caller).thenApply(ShownDriftReport::of);
    }

    @GetMapping(path = "/report", produces = CSV)
    CompletableFuture<ResponseEntity<String>> csv(
            @PathVariable String id, HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        return reports.csv(id, page(request).getFreshness(), caller).thenApply(csv -> {
            security.tell("export-drift-report", caller.name(), request.getRemoteAddr(), id);
            ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
            if (!caller.locations().isEmpty()) {
                answer.header(LOCATIONS, String.join(", ", new TreeSet<>(caller.locations())));
            }
            return answer.body(csv);
        });
    }

    private CompletableFuture<Uploaded> upload(
            String id, @Nullable String takenAt, HttpServletRequest request, Caller caller) throws IOException {
        caller.require(Permission.UPLOAD_SNAPSHOT);
        Instant at = instant(takenAt);
        UploadedFile file = UploadedFile.of(request, MOST_BYTES);
        return reports.upload(id, at, file.text(), caller)
                .whenComplete((stored, failure) -> file.close())
                .thenApply(stored -> Uploaded.of(stored.snapshot(), stored.repeated()));
    }

    /** Only its paging and freshness are used. */
    private static ListLocationRequest page(HttpServletRequest request) {
        ListLocationRequest known =
                ListLocationRequest.newBuilder().setLocation("all").build();
        return QueryParameters.read(request, known);
    }

    private static @Nullable Instant instant(@Nullable String takenAt) {
        try {
            return takenAt == null ? null : OffsetDateTime.parse(takenAt).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedRequest(
                    "takenAt", "'" + takenAt + "' (expected: an instant such as 2026-01-31T09:30:00Z)");
        }
    }
}
