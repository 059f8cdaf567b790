package io.stockledger.location;

import io.stockledger.document.Fact;
import java.util.Set;

/** What can happen to the register of locations, {@code locations:all}. */
public sealed interface LocationFact extends Fact {

    record LocationOpened(String location, String name, LocationKind kind) implements LocationFact {
        @Override
        public Set<String> locations() {
            return Set.of(location);
        }
    }
}
