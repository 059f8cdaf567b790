package io.stockledger.stock;

import io.stockledger.quantity.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The latest counts of one item at one location, earliest first. Each says what was there at its moment, whatever is told
 * later of what took place before: that explains a part of the count's difference, and changes nothing since.
 */
public record Counts(List<Taken> taken) {

    public static final Counts NONE = new Counts(List.of());

    /** What took place before the oldest of so many is explained by that one. */
    private static final int MOST = 32;

    /**
     * @param count its document
     * @param difference what was found, or below zero what was lost, as far as nothing else explains it
     */
    public record Taken(String count, Instant at, Quantity difference) {

        private Taken plus(Quantity more) {
            return new Taken(count, at, difference.plus(more));
        }
    }

    public Counts {
        taken = List.copyOf(taken);
    }

    /** The first count after an instant: what took place then is part of what it saw. */
    Optional<Taken> firstAfter(Instant instant) {
        return taken.stream().filter(one -> one.at().isAfter(instant)).findFirst();
    }

    Counts plus(String count, Instant at, Quantity none) {
        List<Taken> more = new ArrayList<>(taken);
        int place = more.size();
        while (place > 0 && more.get(place - 1).at().isAfter(at)) {
            place--;
        }
        more.add(place, new Taken(count, at, none));
        return new Counts(more.size() > MOST ? more.subList(1, more.size()) : more);
    }

    /** Of a count that is no more kept nothing changes. */
    Counts explained(String count, Quantity more) {
        OptionalInt place = placeOf(count);
        if (place.isEmpty()) {
            return this;
        }
        List<Taken> changed = new ArrayList<>(taken);
        changed.set(place.getAsInt(), changed.get(place.getAsInt()).plus(more));
        return new Counts(changed);
    }

    private OptionalInt placeOf(String count) {
        for (int i = 0; i < taken.size(); i++) {
            if (taken.get(i).count().equals(count)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
