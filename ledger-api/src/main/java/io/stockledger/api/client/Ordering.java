package io.stockledger.api.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where the order of two commands matters: when one of them needs what the other one touches, the later one is sent
 * only once the earlier one is settled. Otherwise a command that is sent again could come after its successors.
 *
 * @param touches names of what the command has an effect on, for example {@code sku:0001}
 * @param needs names of what its decision depends on
 */
public record Ordering(Set<String> touches, Set<String> needs) {

    public static final Ordering NONE = new Ordering(Set.of(), Set.of());

    public Ordering {
        touches = Set.copyOf(touches);
        needs = Set.copyOf(needs);
    }

    /** The commands that are under way. */
    static final class UnderWay {

        private final Map<String, Integer> touched = new HashMap<>();
        private final Map<String, Integer> needed = new HashMap<>();

        boolean admits(Ordering ordering) {
            return ordering.needs.stream().noneMatch(touched::containsKey)
                    && ordering.touches.stream().noneMatch(needed::containsKey);
        }

        void begin(Ordering ordering) {
            add(touched, ordering.touches, 1);
            add(needed, ordering.needs, 1);
        }

        void end(Ordering ordering) {
            add(touched, ordering.touches, -1);
            add(needed, ordering.needs, -1);
        }

        private static void add(Map<String, Integer> counts, Collection<String> names, int change) {
            for (String name : names) {
                counts.merge(name, change, (before, more) -> before + more == 0 ? null : before + more);
            }
        }
    }
}
