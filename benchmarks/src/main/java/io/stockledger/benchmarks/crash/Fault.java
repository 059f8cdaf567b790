package io.stockledger.benchmarks.crash;

/** A promise that was broken, and what shows it. */
public record Fault(Kind kind, String what) {

    public enum Kind {
        /** Was answered and is not in the store. */
        LOST,
        /** Has its effect more than once. */
        DOUBLED,
        /** Has a part of its effect. */
        PARTIAL,
        /** Took or promised what was not there. */
        OVERSOLD,
        /** The sum over all buckets is not 0. */
        UNBALANCED,
        /** A view shows something else than the facts come to. */
        VIEW_DIFFERS,
        /** Has an effect that its command does not ask for. */
        WRONG_EFFECT,
        /** Was answered, then or later, otherwise than is stored or due. */
        WRONG_ANSWER,
        /** The store's own order is broken. */
        OUT_OF_ORDER
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
