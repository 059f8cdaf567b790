package io.stockledger.device.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What is known of the ledger's side, for the status page and the metrics. */
public final class LinkHealth {

    private long accepted;
    private long refused;
    private long unanswered;
    private Optional<Instant> lastAnswer = Optional.empty();
    private String problem = "";
    private boolean needsAPerson;
    private Optional<Duration> clockAhead = Optional.empty();

    private final BiConsumer<String, Duration> onAnswer;

    LinkHealth(BiConsumer<String, Duration> onAnswer) {
        this.onAnswer = onAnswer;
    }

    void answered(String device, Answer answer, Instant readAt, Instant now) {
        onAnswer.accept(device, Duration.between(readAt, now));
        note(answer, now);
    }

    private synchronized void note(Answer answer, Instant now) {
        lastAnswer = Optional.of(now);
        problem = "";
        needsAPerson = false;
        if (answer instanceof Answer.Accepted good) {
            accepted++;
            clockAhead = good.ledgerTime().map(theirs -> Duration.between(theirs, now));
        } else {
            refused++;
        }
    }

    synchronized void unanswered(String device, Answer.None none, Instant now) {
        unanswered++;
        problem = device + ": " + none.why();
        needsAPerson = none.kind() == Answer.Kind.NOT_LET_IN;
    }

    /**
     * @param lastAnswer when the ledger last decided anything
     * @param problem why there is no answer now; empty if there is
     * @param needsAPerson waiting alone will not help
     * @param clockAhead how far this machine's clock is ahead of the ledger's, for a command that was not a repetition
     */
    public record Snapshot(
            long accepted,
            long refused,
            long unanswered,
            Optional<Instant> lastAnswer,
            String problem,
            boolean needsAPerson,
            Optional<Duration> clockAhead) {}

    public synchronized Snapshot snapshot() {
        return new Snapshot(accepted, refused, unanswered, lastAnswer, problem, needsAPerson, clockAhead);
    }
}
