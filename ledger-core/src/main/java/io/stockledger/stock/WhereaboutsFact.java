package io.stockledger.stock;

import io.stockledger.document.Fact;
import java.util.Set;

/** What can happen to where an item is to be found at all. Its stream is {@code whereabouts:{sku}}. */
public sealed interface WhereaboutsFact extends Fact {

    /** The item's first fact at a location. */
    record FirstStocked(String sku, String location) implements WhereaboutsFact {
        @Override
        public Set<String> locations() {
            return Set.of(location);
        }
    }
}
