package io.stockledger.ledger;

import io.stockledger.document.Command;
import io.stockledger.document.Fingerprint;
import io.stockledger.document.Provenance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A command that waits for its answer.
 *
 * @param document its document's stream
 * @param content of all that was sent, business time, device and metadata included: a receipt's number printed by another
 *     till is another receipt
 * @param since nano time of submission
 */
record Ticket(
        Command command,
        String document,
        Provenance by,
        Content content,
        long since,
        CompletableFuture<Answer> answer) {

    /** What was sent, by the command's name and the digest of its fields. */
    record Content(String command, String fingerprint) {}

    static Ticket of(Command command, Provenance by) {
        Content content = new Content(command.name(), fingerprint(command, by).text());
        return new Ticket(
                command, command.document().stream(), by, content, System.nanoTime(), new CompletableFuture<>());
    }

    /** The name of this try of the document. */
    String tryId() {
        String named = by.tryId();
        return named == null ? command.document().id() : named;
    }

    /** The fields in which it differs from what was sent before; empty when that cannot be told. */
    List<String> differingFrom(Content before) {
        return content.command.equals(before.command)
                ? withMetadata(ofOccasion(command, by), by).differing(content.fingerprint, before.fingerprint)
                : List.of("command");
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** A document without metadata has the same fingerprint as before there was any. */
    private static Fingerprint fingerprint(Command command, Provenance by) {
        Fingerprint occasion = ofOccasion(command, by);
        return by.metadata().isEmpty() ? occasion : withMetadata(occasion, by);
    }

    private static Fingerprint withMetadata(Fingerprint fingerprint, Provenance by) {
        fingerprint.field("occasion.metadata").with(by.metadata().size());
        by.metadata().forEach((key, value) -> fingerprint.with(key).with(value));
        return fingerprint;
    }

    private static Fingerprint ofOccasion(Command command, Provenance by) {
        return command.fingerprint()
                .field("occasion.businessTime", by.businessTime())
                .field("occasion.device", by.device());
    }
}
