package io.stockledger.ledger;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Command;
import io.stockledger.document.Provenance;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** What a principal that is so tied may know of: a document of other locations is as if it were not there. */
    Streams seenIn(Streams streams) {
        return locations.isEmpty() ? streams : new Seen(streams);
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
            return Stream.concat(
                            Stream.of(accepted.document()),
                            accepted.effects().stream().map(NewFact::fact))
                    .flatMap(fact -> fact.locations().stream())
                    .filter(location -> !allows(location))
                    .sorted()
                    .findFirst();
        }
        return ((Decision.Refused) decision)
                .refusal().locations().stream()
                        .filter(location -> !allows(location))
                        .sorted()
                        .findFirst();
    }

    private boolean allows(String location) {
        return locations.contains(location);
    }

    private final class Seen implements Streams {

        private final Streams all;

        Seen(Streams all) {
            this.all = all;
        }

        @Override
        public <S> Optional<S> find(StreamType<S> type, String key) {
            return all.find(type, key)
                    .filter(state -> type.places().isEmpty()
                            || !Collections.disjoint(type.places().get().apply(state), locations));
        }

        @Override
        public <S> long version(StreamType<S> type, String key) {
            return all.version(type, key);
        }

        @Override
        public <S> Optional<List<PastFact>> factsSince(StreamType<S> type, String key, Instant instant) {
            return all.factsSince(type, key, instant);
        }
    }
}
