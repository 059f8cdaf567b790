package io.stockledger.ledger;

import io.stockledger.document.Command;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.Provenance;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A command that waits for its answer.
 *
 * @param document its document's stream
 * @param fingerprint of all content, business time included
 * @param since nano time of submission
 */
record Ticket(
        Command command,
        String document,
        Provenance by,
        String fingerprint,
        long since,
        CompletableFuture<Answer> answer) {

    static Ticket of(Command command, Provenance by) {
        String content =
                Fingerprint.of(command.fingerprint()).with(by.businessTime()).text();
        return new Ticket(
                command, command.document().stream(), by, content, System.nanoTime(), new CompletableFuture<>());
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
