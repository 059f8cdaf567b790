package io.stockledger.location;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Streams;
import io.stockledger.location.LocationFact.LocationOpened;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A location's code is opened once. */
public final class LocationRules {

    private LocationRules() {}

    public static Decision decide(OpenLocation command, Streams streams, Instant at) {
        Optional<LocationOpened> open = Locations.of(streams).find(command.location());
        if (open.isPresent()) {
            return Decision.refuse(new LocationRefusal.LocationIsOpen(
                    command.location(), open.get().name()));
        }
        return new Effects()
                .add(
                        Locations.STREAM,
                        Locations.KEY,
                        new LocationOpened(command.location(), command.locationName(), command.kind()))
                .instruct(command, streams, Locations.STREAM, Locations.KEY, Set.of(command.location()));
    }
}
