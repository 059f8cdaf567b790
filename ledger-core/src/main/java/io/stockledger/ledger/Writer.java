package io.stockledger.ledger;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.document.Fact;
import io.stockledger.document.InvalidCommand;
import io.stockledger.document.Provenance;
import io.stockledger.document.Refusal;
import io.stockledger.ledger.FactStore.AppendConflict;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StateCache.Entry;
import io.stockledger.ledger.Tries.Try;
import io.stockledger.quantity.QuantityOverflow;
import io.stockledger.reservation.ReservationEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides commands against states in memory, and appends a batch's facts in one step.
 *
 * <p>A document is taken to be new. When it is not, or another node wrote first, the store refuses the append;
 * then the streams concerned are read again and the batch is decided anew ({@link Recovery}).
 *
 * <p>Not for several threads at once, but for {@link #append}, which touches nothing that decisions use.
 */
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int LOOK_FIRST_BATCHES = 16;

    private final FactStore store;
    private final LedgerSettings settings;
    private final InstantSource clock;
    private final LedgerObserver observer;
    private final Executor answers;
    private final Executor snapshots;
    private final StateCache states;
    private final AnswersGiven given;
    private Instant lastRecordTime = Instant.EPOCH;
    private int lookFirst;

    Writer(
            FactStore store,
            LedgerSettings settings,
            InstantSource clock,
            LedgerObserver observer,
            Executor answers,
            Executor snapshots) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        this.answers = answers;
        this.snapshots = snapshots;
        this.states = new StateCache(store, settings.mostStates());
        this.given = new AnswersGiven(store, settings.mostRemembered());
    }

    Batch newBatch() {
        return new Batch(store, states);
    }

    boolean isFull(Batch batch) {
        return batch.outcomes().size() >= settings.mostPerBatch()
                || batch.facts().size() >= settings.mostFactsPerAppend();
    }

    /**
     * Decides one command more.
     *
     * @param batch that the decision is to be part of
     * @param underWay the batch before, as long as it is being appended
     * @param existing documents that are known to be in the store
     * @throws StoreUnavailable when a state could not be read; the batch is as before
     */
    void decide(Ticket ticket, Batch batch, @Nullable Batch underWay, Set<String> existing) {
        Tries tries = batch.tries(ticket.document());
        if (tries == null && underWay != null) {
            tries = underWay.tries(ticket.document());
        }
        if (tries == null) {
            tries = given.find(ticket, existing);
        }
        Optional<Outcome> known = tries.answer(ticket);
        Outcome outcome = known.isPresent()
                ? withEnd(known.get(), batch, underWay)
                : decide(ticket, batch, underWay, tries, momentOf(ticket));
        // A repeat is answered when the batch that it repeats is.
        (outcome instanceof Outcome.Repeat repeat ? repeat.original().batch() : batch).add(outcome);
    }

    /**
     * Writes the batch's facts.
     *
     * @return the position of the last fact, or a later one; 0 when there was nothing to append
     * @throws AppendConflict also when what a decision rests on was changed by another node
     */
    long append(Batch batch) {
        if (isChanged(batch.restsOn())) {
            throw new AppendConflict(new IllegalStateException("a decision rests on what another node has changed"));
        }
        List<StoredFact> facts = batch.facts();
        if (facts.isEmpty()) {
            return 0;
        }
        long before = System.nanoTime();
        long last = store.appendPrepared(batch.prepared());
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        tell(() -> observer.appended(facts.size(), took));
        return last;
    }

    /** Answers all commands of a batch that is appended. */
    void settle(Batch batch, long lastPosition) {
        batch.changes(this::snapshotWhenDue);
        int lastIndex = batch.facts().size() - 1;
        List<Runnable> replies = new ArrayList<>(batch.outcomes().size());
        for (Outcome outcome : batch.outcomes()) {
            if (outcome instanceof Outcome.Failed failed) {
                replies.add(() -> fail(List.of(failed.ticket()), failed.reason()));
            } else {
                Answer answer = settle(outcome, lastPosition, lastIndex);
                replies.add(() -> reply(outcome.ticket(), answer));
            }
        }
        batch.tries().forEach((document, tries) -> given.remember(document, tries.settled()));
        answers.execute(() -> replies.forEach(Runnable::run));
    }

    private static Answer settle(Outcome outcome, long lastPosition, int lastIndex) {
        if (outcome instanceof Outcome.Known known) {
            return known.answer();
        }
        if (outcome instanceof Outcome.Repeat repeat) {
            Outcome.Begun original = repeat.original();
            return since(Tries.again(repeat.ticket(), original.ticket().content(), original.answer()), repeat.ended());
        }
        return ((Outcome.Begun) outcome).settle(lastPosition, lastIndex);
    }

    /**
     * Brings the commands of a failed append to an end, in one way or another.
     *
     * @param tickets those of the failed batch, and any decided after it
     * @param since nano time at which the append began: a store that took long to fail has used up patience by that
     */
    void recover(List<Ticket> tickets, Batch failed, Throwable failure, long since) {
        new Recovery(this, tickets, since + settings.patience().toNanos()).after(failed, failure);
    }

    private Outcome decide(Ticket ticket, Batch batch, @Nullable Batch underWay, Tries before, Moment at) {
        Command command = ticket.command();
        LocationTie tie = LocationTie.of(ticket.by());
        Optional<String> forbidden = tie.forbiddenBy(command);
        if (forbidden.isPresent()) {
            return notAllowed(ticket, forbidden.get());
        }
        Optional<InvalidCommand> unbelieved = settings.businessTimes().refusal(at);
        if (unbelieved.isPresent()) {
            return new Outcome.Failed(ticket, unbelieved.get());
        }
        batch.beginDecision(underWay);
        try {
            Decision decision = Rules.decide(command, batch, at, tie);
            Optional<String> elsewhere = tie.forbiddenBy(decision);
            if (elsewhere.isPresent()) {
                return notAllowed(ticket, elsewhere.get());
            }
            Fact first;
            List<NewFact> effects;
            if (decision instanceof Decision.Accepted accepted) {
                first = accepted.document();
                effects = accepted.effects();
            } else {
                first = CommandRefused.of(command, ((Decision.Refused) decision).refusal());
                effects = List.of();
            }
            long sequence = before.nextSequence();
            int index = batch.append(ticket.document(), sequence, first, effects, meta(ticket, at), at);
            Outcome.Begun begun = new Outcome.Begun(ticket, batch, first, sequence, index, at.recordTime());
            batch.tried(ticket.document(), before.plus(Try.of(begun)));
            return begun;
        } catch (QuantityOverflow e) {
            return new Outcome.Failed(ticket, new InvalidCommand("quantity", String.valueOf(e.getMessage())));
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            LOG.error(
                    "{} {} could not be decided, request {}",
                    command.name(),
                    command.document(),
                    ticket.by().requestId(),
                    e);
            return new Outcome.Failed(ticket, e);
        } finally {
            batch.endDecision();
        }
    }

    /** What was promised may have ended since. */
    private Outcome withEnd(Outcome known, Batch batch, @Nullable Batch underWay) {
        batch.beginDecision(underWay);
        try {
            @Nullable ReservationEnd end = ReservationEnd.since(known.ticket().command(), batch, recordTime())
                    .orElse(null);
            if (end == null) {
                return known;
            }
            return known instanceof Outcome.Repeat repeat
                    ? new Outcome.Repeat(repeat.ticket(), repeat.original(), end)
                    : new Outcome.Known(known.ticket(), since(((Outcome.Known) known).answer(), end));
        } finally {
            batch.endDecision();
        }
    }

    private static Answer since(Answer answer, @Nullable ReservationEnd end) {
        return end != null && answer instanceof Answer.Accepted accepted ? accepted.again(end) : answer;
    }

    private static Outcome notAllowed(Ticket ticket, String location) {
        Refusal refusal = new DocumentRefusal.LocationNotAllowed(location);
        return new Outcome.Known(ticket, new Answer.Refused(ticket.command().document(), refusal, false));
    }

    private static FactMeta meta(Ticket ticket, Moment at) {
        Provenance by = ticket.by();
        return new FactMeta(
                ticket.command().name(),
                ticket.document(),
                ticket.content().fingerprint(),
                by.principal(),
                by.device(),
                at.happened(),
                by.tryId(),
                by.metadata().isEmpty() ? null : by.metadata(),
                by.requestId());
    }

    private void reply(Ticket ticket, Answer answer) {
        Duration took = ticket.age();
        ticket.answer().complete(answer);
        tell(() -> observer.answered(ticket.command(), answer, took));
    }

    void fail(List<Ticket> tickets, Throwable reason) {
        for (Ticket ticket : tickets) {
            ticket.answer().completeExceptionally(reason);
            tell(() -> observer.failed(ticket.command(), reason));
        }
    }

    /** An observer's mistake is nobody else's loss. */
    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.warn("An observer of the ledger failed", e);
        }
    }

    private void snapshotWhenDue(String stream, long sequenceBefore, Entry<?> now) {
        if (now.type().snapshots().isEmpty()) {
            return;
        }
        long every = now.factsPerSnapshot(settings.factsPerSnapshot());
        if ((now.sequence() + 1) / every > (sequenceBefore + 1) / every) {
            snapshots.execute(() -> saveSnapshot(stream, now));
        }
    }

    private <S> void saveSnapshot(String stream, Entry<S> entry) {
        try {
            store.saveSnapshot(stream, entry.sequence(), entry.snapshot());
        } catch (RuntimeException e) {
            LOG.warn(
                    "No snapshot of {} was kept; the next one is due in {} facts",
                    stream,
                    settings.factsPerSnapshot(),
                    e);
        }
    }

    /**
     * After a conflict retries are about: asking once for all documents is cheaper than one refused append.
     *
     * @return those of the documents that are in the store already
     */
    Set<String> lookForExisting(List<Ticket> tickets) {
        if (lookFirst == 0) {
            return Set.of();
        }
        lookFirst--;
        Set<String> unknown = new HashSet<>();
        for (Ticket ticket : tickets) {
            if (!given.remembers(ticket.document())) {
                unknown.add(ticket.document());
            }
        }
        Set<String> found = store.lastSequences(unknown).keySet();
        if (!found.isEmpty()) {
            lookFirst = LOOK_FIRST_BATCHES;
        }
        return found;
    }

    private boolean isChanged(Map<String, Long> sequences) {
        if (sequences.isEmpty()) {
            return false;
        }
        Map<String, Long> now = store.lastSequences(sequences.keySet());
        return sequences.entrySet().stream().anyMatch(seen -> now.getOrDefault(seen.getKey(), -1L) > seen.getValue());
    }

    /** Another node wrote first, and is likely to have taken retries of what comes next too. */
    void conflicted() {
        tell(observer::conflicted);
        lookFirst = LOOK_FIRST_BATCHES;
    }

    /** The batch's streams that are no more as it saw them; their states are forgotten. */
    Set<String> changedElsewhere(Batch batch) {
        Map<String, Long> seen = new HashMap<>(batch.restsOn());
        seen.putAll(batch.wroteAfter());
        Map<String, Long> now = store.lastSequences(seen.keySet());
        Set<String> changed = new HashSet<>();
        seen.forEach((stream, sequence) -> {
            if (now.getOrDefault(stream, -1L) > sequence) {
                states.forget(stream);
                changed.add(stream);
            }
        });
        given.forget(changed);
        return changed;
    }

    private Moment momentOf(Ticket ticket) {
        Instant recordTime = recordTime();
        Instant businessTime = ticket.by().businessTime();
        return businessTime == null ? Moment.of(recordTime) : new Moment(recordTime, businessTime);
    }

    /**
     * Milliseconds, as every store keeps them (Axon Server no finer), so that an answer is the same when it is read back;
     * and never back, so that what has lapsed stays lapsed.
     */
    private Instant recordTime() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        lastRecordTime = now.isAfter(lastRecordTime) ? now : lastRecordTime;
        return lastRecordTime;
    }
}
