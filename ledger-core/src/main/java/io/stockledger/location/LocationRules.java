package io.stockledger.location;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.location.LocationFact.LocationOpened;
import java.util.Optional;
import java.util.Set;

/** A location's code is opened once. */
public final class LocationRules {

    /** A location is opened once. */
    private static final long FIRST_VERSION = 1;

    private LocationRules() {}

    public static Decision decide(OpenLocation command, Streams streams, Moment at) {
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
                .accept(InstructionAccepted.of(
                        command.name(), "location:" + command.location(), FIRST_VERSION, Set.of(command.location())));
    }
}
