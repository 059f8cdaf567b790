package io.stockledger.location;

import io.stockledger.document.Refusal;

/** Why a location stands in the way. */
public sealed interface LocationRefusal extends Refusal {

    record UnknownLocation(String location) implements LocationRefusal {
        @Override
        public String message() {
            return "Location '" + location + "' was never opened (expected: the code of an open location).";
        }
    }

    record LocationIsOpen(String location, String name) implements LocationRefusal {
        @Override
        public String message() {
            return "Location '" + location + "' is open already, as '" + name + "'.";
        }
    }
}
