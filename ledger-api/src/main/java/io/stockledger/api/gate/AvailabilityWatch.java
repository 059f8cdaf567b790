package io.stockledger.api.gate;

import io.stockledger.api.security.Login;
import io.stockledger.api.wire.AvailabilityWire;
import io.stockledger.projections.availability.AvailabilityAnswer;
import io.stockledger.projections.availability.AvailabilityChanges;
import io.stockledger.projections.availability.AvailabilityChanges.Changed;
import io.stockledger.projections.availability.AvailabilityPage;
import io.stockledger.projections.availability.AvailabilityQueries;
import io.stockledger.projections.availability.AvailabilityQueries.Asked;
import io.stockledger.projections.availability.StockKey;
import io.stockledger.projections.availability.StockLevel;
import io.stockledger.projections.catalog.CatalogLocation;
import io.stockledger.projections.view.Freshness;
import io.stockledger.v1.AvailabilityChange;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One who watches levels change. A slow one skips levels between, and always gets the latest. */
final class AvailabilityWatch extends Subscription<AvailabilityChange> {

    private static final int PAGE = 500;

    private final AvailabilityWatches all;
    private final Set<String> skus;
    private final Set<String> locations;
    private final AvailabilityChanges.Watch changes;
    private final Deque<Supplier<List<AvailabilityChange>>> toRead = new ArrayDeque<>();
    private final Deque<AvailabilityChange> toSend = new ArrayDeque<>();

    AvailabilityWatch(
            AvailabilityWatches all,
            Login login,
            Set<String> skus,
            Set<String> locations,
            boolean withCurrent,
            Sink<AvailabilityChange> sink) {
        super(all.watches, login, sink);
        this.all = all;
        this.skus = skus;
        this.locations = locations;
        this.changes = all.changes.watch(key -> AvailabilityWatches.matches(key, skus, locations), this::pump);
        if (withCurrent) {
            readAll();
        }
    }

    @Override
    boolean sendOne(Sink<AvailabilityChange> to) {
        while (toSend.isEmpty()) {
            if (toRead.isEmpty()) {
                Changed changed = changes.take();
                if (changed.isEmpty()) {
                    return false;
                }
                if (changed.resync()) {
                    readAll();
                } else {
                    read(changed.keys());
                }
            }
            Supplier<List<AvailabilityChange>> next = toRead.poll();
            if (next != null) {
                toSend.addAll(next.get());
            }
        }
        to.send(toSend.remove());
        return true;
    }

    private void read(Collection<StockKey> keys) {
        List<Asked> asked =
                keys.stream().map(key -> new Asked(key.sku(), key.location())).toList();
        for (int from = 0; from < asked.size(); from += AvailabilityQueries.MOST_AT_ONCE) {
            List<Asked> some = asked.subList(from, Math.min(asked.size(), from + AvailabilityQueries.MOST_AT_ONCE));
            toRead.add(() -> many(some));
        }
    }

    /** Location by location, a page at a time, so that memory stays bounded however much there is. */
    private void readAll() {
        toRead.clear();
        if (!skus.isEmpty()) {
            List<Asked> asked = skus.stream().map(sku -> new Asked(sku, null)).toList();
            toRead.add(() -> many(asked));
            return;
        }
        toRead.add(() -> {
            Set<String> seen = new TreeSet<>(locations);
            if (seen.isEmpty()) {
                all.catalog.locations().stream().map(CatalogLocation::location).forEach(seen::add);
            }
            seen.forEach(location -> toRead.add(() -> page(location, "")));
            return List.of();
        });
    }

    private List<AvailabilityChange> page(String location, String afterSku) {
        AvailabilityPage page =
                all.availability.atLocation(location, afterSku, PAGE, all.clock.instant(), Freshness.ANY);
        String nextAfter = page.nextAfter();
        if (nextAfter != null) {
            toRead.addFirst(() -> page(location, nextAfter));
        }
        return messages(page.levels(), page.asOf().position());
    }

    private List<AvailabilityChange> many(List<Asked> asked) {
        AvailabilityAnswer answer = all.availability.many(asked, all.clock.instant(), Freshness.ANY);
        return messages(answer.levels(), answer.asOf().position());
    }

    private List<AvailabilityChange> messages(List<StockLevel> levels, long position) {
        return levels.stream()
                .filter(level -> AvailabilityWatches.matches(level.key(), skus, locations))
                .map(level -> AvailabilityChange.newBuilder()
                        .setPosition(position)
                        .setLevel(AvailabilityWire.level(level, List.of()))
                        .build())
                .toList();
    }

    @Override
    void showLife(Sink<AvailabilityChange> to) {
        to.heartbeat();
    }

    @Override
    void stopListening() {
        changes.close();
    }
}
