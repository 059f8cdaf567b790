package io.stockledger.api.console;

import io.stockledger.connectors.reaction.LoggedEffect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to an endpoint.
 *
 * @param when it ended, or is tried next
 */
record DeliveryRow(
        String id,
        long position,
        String fact,
        String document,
        String state,
        String tone,
        int tries,
        String when,
        @Nullable String error) {

    static DeliveryRow of(LoggedEffect message) {
        Instant endedAt = message.endedAt();
        return new DeliveryRow(
                message.key(),
                message.position(),
                message.subject(),
                message.ordering(),
                switch (message.state()) {
                    case DUE -> message.tries() == 0 ? "due" : "trying again";
                    case DONE -> "taken";
                    case PARKED -> "given up";
                },
                switch (message.state()) {
                    case DUE -> message.tries() == 0 ? "good" : "warn";
                    case DONE -> "good";
                    case PARKED -> "bad";
                },
                message.tries(),
                endedAt == null ? "next " + Times.text(message.dueAt()) : Times.text(endedAt),
                message.lastError());
    }
}
