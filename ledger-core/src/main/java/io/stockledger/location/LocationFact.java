package io.stockledger.location;

import io.stockledger.document.Fact;

/** What can happen to the register of locations, {@code locations:all}. */
public sealed interface LocationFact extends Fact {

    record LocationOpened(String location, String name, LocationKind kind) implements LocationFact {}
}
