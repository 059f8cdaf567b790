package io.stockledger.api.rest;

import io.stockledger.api.gate.Queries;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.ApiKey;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.Role;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.document.InvalidCommand;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** API keys over REST, for administrators. One who is tied to locations rules over keys that are tied to the same. */
@RestController
@RequestMapping(path = "/v1/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
final class ApiKeyRoutes {

    private final ApiKeys keys;
    private final Queries queries;
    private final SecurityLog security;

    ApiKeyRoutes(ApiKeys keys, Queries queries, SecurityLog security) {
        this.keys = keys;
        this.queries = queries;
        this.security = security;
    }

    /**
     * @param locations absent or empty: all
     * @param numberRanges absent or empty: none of its own
     */
    record NewKey(
            @Nullable String name,
            @Nullable List<String> roles,
            @Nullable List<String> locations,
            @Nullable List<String> numberRanges) {}

    record ShownKey(
            String id,
            String name,
            List<String> roles,
            List<String> locations,
            List<String> numberRanges,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {

        static ShownKey of(ApiKey key) {
            return new ShownKey(
                    key.id(),
                    key.name(),
                    key.roles().stream().map(Role::code).sorted().toList(),
                    key.locations().stream().sorted().toList(),
                    key.numberRanges().stream().sorted().toList(),
                    key.createdAt(),
                    key.lastUsedAt(),
                    key.revokedAt());
        }
    }

    /** @param secret shown now and never again */
    record CreatedKey(ShownKey key, String secret) {}

    record Keys(List<ShownKey> keys) {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<CreatedKey>> create(
            @RequestBody NewKey wanted, @AuthenticationPrincipal Caller caller) {
        List<String> locations = wanted.locations() == null ? List.of() : wanted.locations();
        List<String> ranges = wanted.numberRanges() == null ? List.of() : wanted.numberRanges();
        return queries.ask(caller, Permission.MANAGE_API_KEYS, () -> {
            if (locations.isEmpty() && !caller.maySeeAllOf(Set.of())) {
                throw new InvalidCommand(
                        "locations", "none (expected: some of " + new TreeSet<>(caller.locations()) + ")");
            }
            locations.forEach(caller::requireSight);
            requireWithin(caller, ranges);
            ApiKeys.Created created = keys.create(
                    wanted.name() == null ? "" : wanted.name(),
                    wanted.roles() == null ? List.of() : wanted.roles(),
                    locations,
                    ranges);
            security.tell(
                    "make-key",
                    caller.name(),
                    null,
                    created.key().name() + " with " + wanted.roles() + " at "
                            + (locations.isEmpty() ? "all" : locations)
                            + (ranges.isEmpty() ? "" : ", numbers " + ranges));
            return ResponseEntity.status(201)
                    .header("Cache-Control", "no-store")
                    .body(new CreatedKey(ShownKey.of(created.key()), created.secret()));
        });
    }

    /** Who is tied gives away only what is theirs: a range shuts everybody else out. */
    private static void requireWithin(Caller caller, List<String> ranges) {
        for (String range : ranges) {
            if (!caller.locations().isEmpty() && caller.numberRanges().stream().noneMatch(range::startsWith)) {
                throw new InvalidCommand(
                        "numberRanges",
                        "'" + range + "' (expected: within your own, " + new TreeSet<>(caller.numberRanges()) + ")");
            }
        }
    }

    @GetMapping
    CompletableFuture<Keys> list(@AuthenticationPrincipal Caller caller) {
        return queries.ask(
                caller,
                Permission.MANAGE_API_KEYS,
                () -> new Keys(keys.list().stream()
                        .filter(key -> caller.maySeeAllOf(key.locations()))
                        .map(ShownKey::of)
                        .toList()));
    }

    @DeleteMapping("/{id}")
    CompletableFuture<ResponseEntity<Void>> revoke(@PathVariable String id, @AuthenticationPrincipal Caller caller) {
        return queries.ask(caller, Permission.MANAGE_API_KEYS, () -> {
            ApiKey revoked = keys.list().stream()
                    .filter(key -> key.id().equals(id) && caller.maySeeAllOf(key.locations()))
                    .findFirst()
                    .filter(key -> keys.revoke(id))
                    .orElseThrow(() -> new RequestRefused(Problem.of(
                            Failures.NOT_FOUND, "API key '" + id + "' (expected: the id of a living key).")));
            security.tell("revoke-key", caller.name(), null, revoked.name());
            return ResponseEntity.noContent().build();
        });
    }
}
