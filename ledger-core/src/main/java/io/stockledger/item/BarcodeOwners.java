package io.stockledger.item;

import io.stockledger.decision.StreamType;
import io.stockledger.document.Fact;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which items a barcode has named, and which one it names now. What was scanned an hour ago and is told now is the item that
 * had the barcode then.
 *
 * @param owners earliest first; of them only the last may have it still
 */
record BarcodeOwners(List<Owner> owners) {

    static final StreamType<BarcodeOwners> STREAM = StreamType.timed("barcode", BarcodeOwners::after);

    /** Older ones are forgotten; what was scanned in their time is the oldest one's that is known. */
    private static final int MOST = 50;

    /** @param until null: it has the barcode now */
    record Owner(
            String sku,
            BigDecimal packSize,
            Instant since,
            @Nullable Instant until) {

        private Owner until(Instant end) {
            return new Owner(sku, packSize, since, end);
        }
    }

    BarcodeOwners {
        owners = List.copyOf(owners);
    }

    Optional<Owner> now() {
        Owner last = owners.get(owners.size() - 1);
        return last.until() == null ? Optional.of(last) : Optional.empty();
    }

    /** Before its first owner it was that one's too: goods are on the shelf before somebody registers them. */
    Optional<Owner> at(Instant instant) {
        for (int i = owners.size() - 1; i >= 0; i--) {
            Owner owner = owners.get(i);
            if (i == 0 || !owner.since().isAfter(instant)) {
                return owner.until() == null || instant.isBefore(owner.until()) ? Optional.of(owner) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    static BarcodeOwners after(@Nullable BarcodeOwners before, Fact fact, Instant happened) {
        List<Owner> owners = before == null ? new ArrayList<>() : new ArrayList<>(before.owners);
        int last = owners.size() - 1;
        if (last >= 0 && owners.get(last).until() == null) {
            owners.set(last, owners.get(last).until(happened));
        }
        if (fact instanceof BarcodeAssigned assigned) {
            owners.add(new Owner(assigned.sku(), assigned.barcode().packSize(), happened, null));
        } else if (!(fact instanceof BarcodeWithdrawn)) {
            throw new AssertionError("not a fact of a barcode: " + fact);
        }
        return new BarcodeOwners(owners.size() > MOST ? owners.subList(1, owners.size()) : owners);
    }
}
