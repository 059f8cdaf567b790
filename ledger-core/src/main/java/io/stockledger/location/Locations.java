package io.stockledger.location;

import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Fact;
import io.stockledger.location.LocationFact.LocationOpened;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** The register of all open locations. */
public record Locations(TreePMap<String, LocationOpened> open) {

    static final StreamType<Locations> STREAM =
            StreamType.of("locations", Locations::after).whatIsReadLasts();
    static final String KEY = "all";

    public static Locations of(Streams streams) {
        return streams.find(STREAM, KEY).orElseGet(() -> new Locations(TreePMap.empty()));
    }

    public boolean isOpen(String location) {
        return open.containsKey(location);
    }

    /**
     * In the order of their codes.
     *
     * @param some the only ones that are wanted; empty: all
     */
    public Collection<String> codesAmong(Set<String> some) {
        return some.isEmpty()
                ? open.keySet()
                : open.keySet().stream().filter(some::contains).toList();
    }

    Optional<LocationOpened> find(String location) {
        return Optional.ofNullable(open.get(location));
    }

    static Locations after(@Nullable Locations before, Fact fact) {
        if (fact instanceof LocationOpened opened) {
            TreePMap<String, LocationOpened> open = before == null ? TreePMap.empty() : before.open;
            return new Locations(open.plus(opened.location(), opened));
        }
        throw new AssertionError("not a fact of the register of locations: " + fact);
    }
}
