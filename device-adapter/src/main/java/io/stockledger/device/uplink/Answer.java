package io.stockledger.device.uplink;

import java.time.Instant;
import java.util.Optional;

/** What came back for one command or question. */
public sealed interface Answer {

    /**
     * The ledger has it.
     *
     * @param text for people: the document, or what is known of an item
     * @param ledgerTime the ledger's clock, if it said
     */
    record Accepted(String text, Optional<Instant> ledgerTime) implements Answer {}

    /**
     * The ledger has decided against it, and would decide so again.
     *
     * @param reason as in the ledger's catalogue of refusals
     */
    record Refused(String reason, String message) implements Answer {}

    /**
     * No decision: the ledger may or may not have it, so it must be sent again as it is.
     *
     * @param why what came instead
     * @param retryAfterMillis what the ledger asked for, 0 if nothing
     * @param kind what may help
     */
    record None(String why, long retryAfterMillis, Kind kind) implements Answer {}

    /** Why there was no decision. */
    enum Kind {
        /** The ledger is away or busy; waiting helps. */
        AWAY,
        /** The ledger tried and broke; it may break on this command every time. */
        FAULT,
        /** Waiting alone will not help, for example because the key was revoked. */
        NOT_LET_IN
    }
}
