package io.stockledger.ledger;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.document.Command;
import io.stockledger.document.Provenance;
import io.stockledger.document.Refusal;
import io.stockledger.stock.StockFact;
import java.util.Optional;
import java.util.Set;

/**
 * Where a principal may change stock, and learn numbers of it.
 *
 * @param locations the only ones; empty: all
 */
public record LocationTie(Set<String> locations) {

    public static final LocationTie NONE = new LocationTie(Set.of());

    public LocationTie {
        locations = Set.copyOf(locations);
    }

    static LocationTie of(Provenance by) {
        return by.locations().isEmpty() ? NONE : new LocationTie(by.locations());
    }

    /** A location that the command names though it is not among them. */
    Optional<String> forbiddenBy(Command command) {
        if (locations.isEmpty()) {
            return Optional.empty();
        }
        return command.locations().stream()
                .filter(location -> !allows(location))
                .sorted()
                .findFirst();
    }

    /** A location that the decision would change, or tell numbers of, though it is not among them. */
    Optional<String> forbiddenBy(Decision decision) {
        if (locations.isEmpty()) {
            return Optional.empty();
        }
        if (decision instanceof Decision.Accepted accepted) {
            for (NewFact effect : accepted.effects()) {
                if (effect.fact() instanceof StockFact stock && !allows(stock.location())) {
                    return Optional.of(stock.location());
                }
            }
            return Optional.empty();
        }
        return ((Decision.Refused) decision).refusal() instanceof Refusal.InsufficientStock insufficient
                ? insufficient.lines().stream()
                        .map(Refusal.Shortage::location)
                        .filter(location -> !location.isEmpty() && !allows(location))
                        .findFirst()
                : Optional.empty();
    }

    private boolean allows(String location) {
        return locations.contains(location);
    }
}
