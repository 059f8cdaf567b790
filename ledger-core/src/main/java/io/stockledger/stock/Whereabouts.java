package io.stockledger.stock;

import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Fact;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * The locations at which an item has ever had a fact: who looks for it need look nowhere else, however many locations
 * there are.
 */
public record Whereabouts(PSet<String> locations) {

    static final StreamType<Whereabouts> STREAM =
            StreamType.of("whereabouts", Whereabouts::after).whatIsReadLasts();

    public static Set<String> of(Streams streams, String sku) {
        Optional<Whereabouts> known = streams.find(STREAM, sku);
        return known.isPresent() ? known.get().locations : Set.of();
    }

    static Whereabouts after(@Nullable Whereabouts before, Fact fact) {
        if (fact instanceof FirstStocked first) {
            PSet<String> locations = before == null ? HashTreePSet.empty() : before.locations;
            return new Whereabouts(locations.plus(first.location()));
        }
        throw new AssertionError("not a fact of an item's whereabouts: " + fact);
    }
}
