package io.stockledger.projections.availability;

import io.stockledger.stock.Hold;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.CountTaken;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a batch of facts changes in all. A hold that begins and ends within the batch leaves no trace. Mirrors {@code
 * StockState}, which stays the truth: the property test folds both.
 */
final class StockChanges {

    private static final Comparator<StockChange> BY_KEY = Comparator.comparing(
                    (StockChange change) -> change.key().sku())
            .thenComparing(change -> change.key().location());

    private final Map<StockKey, StockChange> changes = new HashMap<>();
    private final Set<StockKey> protectedStock = new HashSet<>();

    /** First look at a fact, before what it changes is known. */
    void expect(StockFact fact) {
        if (touchesProtection(fact)) {
            protectedStock.add(StockKey.of(fact));
        }
    }

    /** The stock whose protections must be known before the facts can be added. */
    Set<StockKey> protectedStock() {
        return protectedStock;
    }

    StockChange of(StockKey key) {
        return changes.computeIfAbsent(key, StockChange::new);
    }

    /** In the order of the tables' keys, so that neighbours are written together. */
    List<StockChange> inOrder() {
        List<StockChange> ordered = new ArrayList<>(changes.values());
        ordered.sort(BY_KEY);
        return ordered;
    }

    void add(StockFact fact) {
        StockChange change = of(StockKey.of(fact));
        if (fact instanceof StockMoved moved) {
            change.move(moved.postings());
            if (moved.fulfilled() != null) {
                change.end(moved.fulfilled());
            }
            moved.protectionUsed().forEach(change::sell);
        } else if (fact instanceof StockReserved reserved) {
            change.begin(reserved.hold());
        } else if (fact instanceof StockReleased released) {
            change.end(released.hold());
        } else if (fact instanceof ReservationsLapsed lapsed) {
            lapsed.holds().forEach(change::end);
        } else if (fact instanceof SafetyStockSet set) {
            change.keepBack(set.quantity());
        } else if (fact instanceof ChannelProtectionSet set) {
            change.protect(set.channel(), set.quantity());
        } else if (fact instanceof CountTaken taken) {
            change.count(taken.counted());
        } else {
            throw new AssertionError("not a fact of stock: " + fact);
        }
    }

    private static boolean touchesProtection(StockFact fact) {
        if (fact instanceof StockMoved moved) {
            return !moved.protectionUsed().isEmpty()
                    || (moved.fulfilled() != null && usesProtection(moved.fulfilled()));
        }
        if (fact instanceof StockReserved reserved) {
            return usesProtection(reserved.hold());
        }
        if (fact instanceof StockReleased released) {
            return usesProtection(released.hold());
        }
        if (fact instanceof ReservationsLapsed lapsed) {
            return lapsed.holds().stream().anyMatch(StockChanges::usesProtection);
        }
        return fact instanceof ChannelProtectionSet;
    }

    private static boolean usesProtection(Hold hold) {
        return !hold.protectionUsed().isZero();
    }
}
