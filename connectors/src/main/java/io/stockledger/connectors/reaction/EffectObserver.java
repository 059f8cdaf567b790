package io.stockledger.connectors.reaction;

import java.time.Duration;

/** Told how effects fare, on the workers' threads, so it must return at once. */
public interface EffectObserver {

    /** Tells nobody. */
    EffectObserver NONE = new EffectObserver() {};

    /** A try of an effect of a reaction ended. */
    default void tried(String reaction, Result result, Duration took) {}

    /** So many effects were given up; they stay until somebody sends them again. */
    default void parked(String reaction, long effects) {}

    /** A target is left alone, or no longer. */
    default void circuit(String target, boolean open) {}
}
