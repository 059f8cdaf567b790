package io.stockledger.benchmarks;

import java.util.OptionalDouble;

/**
 * One measured figure.
 *
 * @param floor what it is measured against, in the same unit; empty: the goal is for the figure itself
 */
public record Figure(String name, String unit, double ours, OptionalDouble floor, Goal goal) {

    /** A figure whose ratio to the floor is judged. */
    public static Figure against(String name, String unit, double ours, double floor, Goal goal) {
        return new Figure(name, unit, ours, OptionalDouble.of(floor), goal);
    }

    /** A figure that is judged as it is. */
    public static Figure of(String name, String unit, double ours, Goal goal) {
        return new Figure(name, unit, ours, OptionalDouble.empty(), goal);
    }

    /** How often something happened that must not. */
    public static Figure never(String name, long times) {
        return of(name, "times", Math.toIntExact(times), Goal.atMost(0));
    }

    /** The ratio to the floor, or the figure where there is none. */
    double judged() {
        return floor.isPresent() ? ours / floor.getAsDouble() : ours;
    }

    boolean holds() {
        return goal.holds(judged());
    }
}
