package io.stockledger.api.rest;

import io.stockledger.api.gate.Queries;
import io.stockledger.api.gate.ViewOperations;
import io.stockledger.api.gate.ViewOperations.Rebuild;
import io.stockledger.api.gate.ViewOperations.ViewState;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.document.Check;
import io.stockledger.projections.view.ParkedFact;
import io.stockledger.projections.view.ViewStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Views over REST, for operators. */
@RestController
@RequestMapping(path = "/v1/views", produces = MediaType.APPLICATION_JSON_VALUE)
final class ViewRoutes {

    private final ViewOperations operations;
    private final Queries queries;
    private final SecurityLog security;

    ViewRoutes(ViewOperations operations, Queries queries, SecurityLog security) {
        this.operations = operations;
        this.queries = queries;
        this.security = security;
    }

    /** @param rebuild the last one that this node was asked for */
    record ShownView(
            String view,
            String role,
            long position,
            long head,
            long positionsBehind,
            Duration behind,
            long parkedFacts,
            long parkedSequences,
            boolean rebuildable,
            @Nullable String error,
            @Nullable Rebuild rebuild) {

        static ShownView of(ViewState state) {
            ViewStatus status = state.status();
            return new ShownView(
                    status.view(),
                    status.role().code(),
                    status.position(),
                    status.head(),
                    status.positionsBehind(),
                    status.behind(),
                    status.parkedFacts(),
                    status.parkedSequences(),
                    state.rebuildable(),
                    status.error(),
                    state.rebuild());
        }
    }

    record ShownViews(List<ShownView> views) {}

    record Parked(List<ParkedFact> facts) {}

    record Resume(@Nullable String key) {}

    record Resumed(int taken) {}

    @GetMapping
    CompletableFuture<ShownViews> list(@AuthenticationPrincipal Caller caller) {
        return queries.ask(
                caller,
                Permission.READ_OPERATIONS,
                () -> new ShownViews(
                        operations.states().stream().map(ShownView::of).toList()));
    }

    @PostMapping("/{view}/rebuild")
    CompletableFuture<ResponseEntity<Rebuild>> rebuild(
            @PathVariable String view, @AuthenticationPrincipal Caller caller) {
        return queries.ask(caller, Permission.OPERATE_VIEWS, () -> {
            caller.requireAll();
            Rebuild begun = operations.rebuild(view);
            security.tell("rebuild-view", caller.name(), null, view);
            return ResponseEntity.accepted().body(begun);
        });
    }

    @GetMapping("/{view}/parked")
    CompletableFuture<Parked> parked(@PathVariable String view, @AuthenticationPrincipal Caller caller) {
        return queries.ask(
                caller,
                Permission.READ_OPERATIONS,
                () -> new Parked(operations.parked(view).stream()
                        .filter(fact -> mayBeTold(fact, caller))
                        .toList()));
    }

    /** Streams of documents don't say where they belong, those of stock do: {@code stock:0001@berlin-1}. */
    static boolean mayBeTold(ParkedFact fact, Caller caller) {
        return caller.locations().isEmpty()
                || (fact.stream().startsWith("stock:")
                        && caller.maySee(fact.stream().substring(fact.stream().lastIndexOf('@') + 1)));
    }

    @PostMapping(path = "/{view}/parked/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<Resumed> resume(
            @PathVariable String view, @RequestBody Resume wanted, @AuthenticationPrincipal Caller caller) {
        return queries.ask(caller, Permission.OPERATE_VIEWS, () -> {
            caller.requireAll();
            int taken = operations.resume(view, Check.identifier("key", wanted.key(), 200));
            security.tell("resume-parked-facts", caller.name(), null, view + " " + wanted.key());
            return new Resumed(taken);
        });
    }
}
