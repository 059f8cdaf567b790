package io.stockledger.connectors.reaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many calls may begin now, in all and to each target. */
final class Lanes {

    private final WorkerSettings settings;
    private final Map<String, Lane> lanes = new TreeMap<>();
    private int underWay;

    private static final class Lane {
        private final Circuit circuit;
        private int underWay;

        private Lane(Circuit circuit) {
            this.circuit = circuit;
        }
    }

    Lanes(WorkerSettings settings) {
        this.settings = settings;
    }

    synchronized int free(String target, Instant now) {
        Lane lane = lane(target);
        int free = Math.min(freeForAll(lane), settings.atOncePerTarget() - lane.underWay);
        return lane.circuit.admits(free, lane.underWay, now);
    }

    /** The last quarter is for those that have no call under way: however many are slow, the others get their turn. */
    private int freeForAll(Lane lane) {
        int kept = settings.atOnce() / 4;
        int first = lane.underWay == 0 && underWay < settings.atOnce() ? 1 : 0;
        return Math.max(settings.atOnce() - kept - underWay, first);
    }

    synchronized void begun(String target) {
        lane(target).underWay++;
        underWay++;
    }

    synchronized void ended(String target) {
        lane(target).underWay--;
        underWay--;
    }

    synchronized boolean succeeded(String target) {
        return lane(target).circuit.succeeded();
    }

    synchronized boolean failed(String target, Instant now) {
        return lane(target).circuit.failed(now);
    }

    /** Forgets the targets for which nothing is due, but not what was learnt of those that failed last. */
    synchronized void keepOnly(Collection<String> targets) {
        Set<String> due = new HashSet<>(targets);
        lanes.entrySet()
                .removeIf(lane -> !due.contains(lane.getKey())
                        && lane.getValue().underWay == 0
                        && lane.getValue().circuit.isUntouched());
    }

    synchronized List<TargetStatus> statuses() {
        List<TargetStatus> statuses = new ArrayList<>();
        lanes.forEach((target, lane) -> statuses.add(
                new TargetStatus(target, lane.underWay, lane.circuit.failures(), lane.circuit.openUntil())));
        return statuses;
    }

    private Lane lane(String target) {
        return lanes.computeIfAbsent(target, none -> new Lane(new Circuit(settings)));
    }
}
