package io.stockledger.benchmarks;

import java.util.OptionalDouble;

/**
 * One measured figure.
 *
 * @param floor what it is measured against, in the same unit
 * @param judged what the goal is for
 */
public record Figure(String name, String unit, double ours, OptionalDouble floor, Judged judged, Goal goal) {

    enum Judged {
        FIGURE,
        RATIO_TO_FLOOR
    }

    /** A figure whose ratio to the floor is judged. */
    public static Figure against(String name, String unit, double ours, double floor, Goal goal) {
        return new Figure(name, unit, ours, OptionalDouble.of(floor), Judged.RATIO_TO_FLOOR, goal);
    }

    /** A figure that is judged as it is, beside what it could not be below. */
    public static Figure above(String name, String unit, double ours, double floor, Goal goal) {
        return new Figure(name, unit, ours, OptionalDouble.of(floor), Judged.FIGURE, goal);
    }

    /** A figure that is judged as it is. */
    public static Figure of(String name, String unit, double ours, Goal goal) {
        return new Figure(name, unit, ours, OptionalDouble.empty(), Judged.FIGURE, goal);
    }

    /** How often something happened that must not. */
    public static Figure never(String name, long times) {
        return of(name, "times", Math.toIntExact(times), Goal.atMost(0));
    }

    OptionalDouble ratio() {
        return floor.isPresent() ? OptionalDouble.of(ours / floor.getAsDouble()) : OptionalDouble.empty();
    }

    boolean holds() {
        return goal.holds(judged == Judged.FIGURE ? ours : ratio().orElseThrow());
    }
}
