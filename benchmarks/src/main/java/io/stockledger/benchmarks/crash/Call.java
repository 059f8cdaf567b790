package io.stockledger.benchmarks.crash;

import io.stockledger.v1.Accepted;
import io.stockledger.v1.Command;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One command as a caller remembers it: what was asked, and what was answered. Sent again, unchanged, until it is.
 *
 * @param document its stream in the store, for example {@code order:x-1}
 * @param units how many of which item; of the earlier document, where it names one
 * @param of the document that it ends, confirms or returns; null for none
 * @param seconds for how long a reservation holds
 * @param tryId names another try of a document that was refused; null for its first
 */
record Call(
        Kind kind,
        String document,
        Command command,
        Map<String, Integer> units,
        @Nullable String of,
        long seconds,
        @Nullable String tryId) {

    enum Kind {
        RECEIVE("receipt"),
        RESERVE("reservation"),
        RELEASE("instruction"),
        CONFIRM("order"),
        SELL("order"),
        RETURN("return");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        String stream(String id) {
            return prefix + ":" + id;
        }
    }

    Call {
        units = Map.copyOf(units);
    }

    /** What tells one call from another: its document, and which try of it. */
    String name() {
        return nameOf(document, tryId);
    }

    static String nameOf(String document, @Nullable String tryId) {
        return tryId == null ? document : document + " try " + tryId;
    }

    /**
     * What the caller was told.
     *
     * @param accepted empty: refused
     */
    record Told(Optional<Accepted> accepted, String refusal) {

        boolean isAccepted() {
            return accepted.isPresent();
        }
    }
}
