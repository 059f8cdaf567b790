package io.stockledger.eventstore;

import io.stockledger.document.Fact;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.FactStore;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts as Axon's domain events, in Axon Server or in PostgreSQL. */
public final class AxonFactStore implements FactStore, FactFeed {

    private static final Logger LOG = LoggerFactory.getLogger(AxonFactStore.class);

    /** This node's own facts wake its views; those of other nodes are looked for this often. */
    private static final Duration OTHER_NODES_SEEN_WITHIN = Duration.ofMillis(50);

    /**
     * A view that is further behind reads the store, and has hardly the time to catch up then. While the database stands
     * still nothing is appended, so what follows is as many commands as may wait, of some facts each, all at once.
     */
    private static final int MOST_RECENT = 65_536;

    /** For readers of the store that are near each other. */
    private static final int MOST_READ_BACK = 16_384;

    /** Longer than a view takes for a batch, unless its database stands still. */
    private static final Duration SLOWER_AWAITED = Duration.ofSeconds(1);

    private static final Duration STREAM_KEPT_OPEN = Duration.ofSeconds(1);

    private final EventStore events;
    private final FactJson.Press press = new FactJson.Press();
    private final StoreSpecifics specifics;
    private final RecentFacts recent = new RecentFacts(MOST_RECENT);
    private final SharedStreams streams =
            new SharedStreams(this::openStream, this::tracked, MOST_READ_BACK, SLOWER_AWAITED);
    private volatile Appended appended = Appended.NOTHING;
    private long headSeen;
    private long headSeenAt = System.nanoTime() - OTHER_NODES_SEEN_WITHIN.toNanos();

    public AxonFactStore(EventStore events, StoreSpecifics specifics) {
        this.events = events;
        this.specifics = specifics;
    }

    /** Facts as Axon's messages. */
    private record Messages(List<StoredFact> facts, List<DomainEventMessage<Fact>> messages) implements Prepared {}

    @Override
    // Only the very same meta is written once; an equal one would cost a deep comparison per fact.
    @SuppressWarnings("ReferenceEquality")
    public Prepared prepare(List<StoredFact> facts) {
        List<DomainEventMessage<Fact>> messages = new ArrayList<>(facts.size());
        synchronized (press) {
            @Nullable FactMeta meta = null;
            byte[] metadata = new byte[0];
            for (StoredFact fact : facts) {
                if (fact.meta() != meta) {
                    meta = fact.meta();
                    metadata = press.write(meta);
                }
                messages.add(FactMessage.of(fact, press.write(fact.fact()), metadata));
            }
        }
        return new Messages(facts, messages);
    }

    @Override
    public long append(List<StoredFact> facts) {
        return appendPrepared(List.of(prepare(facts)));
    }

    @Override
    public long appendPrepared(List<Prepared> prepared) {
        List<StoredFact> facts = new ArrayList<>();
        List<DomainEventMessage<Fact>> messages = new ArrayList<>();
        for (Prepared one : prepared) {
            facts.addAll(one.facts());
            messages.addAll(((Messages) one).messages());
        }
        translated(() -> {
            events.publish(messages);
            return messages;
        });
        long last;
        try {
            last = specifics.lastAppended();
        } catch (RuntimeException e) {
            throw new OutcomeUnknown(e);
        }
        if (!facts.isEmpty()) {
            appended = new Appended(last, facts.get(0).recordedAt());
        }
        if (specifics.tellsPositions()) {
            recent.add(placed(facts, last));
        }
        return last;
    }

    private static List<StoredFact> placed(List<StoredFact> facts, long last) {
        List<StoredFact> placed = new ArrayList<>(facts.size());
        long position = last - facts.size();
        for (StoredFact fact : facts) {
            position++;
            placed.add(new StoredFact(
                    position, fact.stream(), fact.sequence(), fact.fact(), fact.meta(), fact.recordedAt()));
        }
        return placed;
    }

    @Override
    public List<StoredFact> read(String stream) {
        return read(stream, 0, Long.MAX_VALUE);
    }

    @Override
    public List<StoredFact> read(String stream, long from, long before) {
        return reading(() -> read(events.readEvents(stream, from), before));
    }

    @Override
    public StreamContents readFromSnapshot(String stream) {
        return reading(() -> {
            try {
                return contents(events.readEvents(stream));
            } catch (SerializationException | UnreadableFact e) {
                // If it is not the snapshot but a fact, it can't be read in this way either.
                LOG.warn("The snapshot of {} can't be read, so all its facts are", stream, e);
                return new StreamContents(null, -1, read(stream));
            }
        });
    }

    private StreamContents contents(DomainEventStream messages) {
        @Nullable Object snapshot = null;
        long snapshotSequence = -1;
        if (messages.hasNext() && !(messages.peek().getPayload() instanceof Fact)) {
            DomainEventMessage<?> message = messages.next();
            snapshot = message.getPayload();
            snapshotSequence = message.getSequenceNumber();
        }
        return new StreamContents(snapshot, snapshotSequence, read(messages, Long.MAX_VALUE));
    }

    @Override
    public Map<String, Long> lastSequences(Collection<String> streams) {
        return streams.isEmpty() ? Map.of() : reading(() -> specifics.lastSequences(streams));
    }

    @Override
    public long head() {
        return reading(() -> {
            TrackingToken head = events.createHeadToken();
            return head == null ? 0 : position(head);
        });
    }

    @Override
    public Appended appended() {
        return appended;
    }

    @Override
    public void saveSnapshot(String stream, long sequence, Object snapshot) {
        translated(() -> {
            events.storeSnapshot(
                    new GenericDomainEventMessage<>(FactMessage.typeOf(stream), stream, sequence, snapshot));
            return sequence;
        });
    }

    @Override
    public Reader open(long afterPosition) {
        return reading(() -> new FeedReader(
                new FeedReader.Source(recent, this::headForReaders, streams, STREAM_KEPT_OPEN), afterPosition));
    }

    private BlockingStream<TrackedEventMessage<?>> openStream(long afterPosition) {
        return events.openStream(
                afterPosition == 0
                        ? null
                        : new GlobalSequenceTrackingToken(afterPosition - specifics.firstPositionOffset()));
    }

    private StoredFact tracked(TrackedEventMessage<?> message) {
        return fact((DomainEventMessage<?>) message, position(message.trackingToken()));
    }

    /** All readers of this node share one look at what other nodes have appended. */
    private synchronized long headForReaders() {
        long now = System.nanoTime();
        if (now - headSeenAt >= OTHER_NODES_SEEN_WITHIN.toNanos()) {
            headSeen = head();
            headSeenAt = System.nanoTime();
        }
        return headSeen;
    }

    /**
     * Reads to the end, whatever was asked for: nobody can close the stream, and one from Axon Server that is left before keeps
     * its memory, and the server trying to send the rest.
     */
    private List<StoredFact> read(DomainEventStream messages, long before) {
        List<StoredFact> facts = new ArrayList<>();
        while (messages.hasNext()) {
            DomainEventMessage<?> message = messages.next();
            if (message.getSequenceNumber() >= before) {
                continue;
            }
            long position = message instanceof TrackedEventMessage<?> tracked
                    ? position(tracked.trackingToken())
                    : StoredFact.NO_POSITION;
            facts.add(fact(message, position));
        }
        return facts;
    }

    private static StoredFact fact(DomainEventMessage<?> message, long position) {
        return new StoredFact(
                position,
                message.getAggregateIdentifier(),
                message.getSequenceNumber(),
                (Fact) message.getPayload(),
                StoredMeta.read(message.getMetaData()),
                message.getTimestamp());
    }

    private long position(TrackingToken token) {
        OptionalLong index = token.position();
        return index.orElseThrow(() -> new UnreadableFact("a token without a position: " + token))
                + specifics.firstPositionOffset();
    }

    /** Of what changes nothing, nothing is unknown. */
    private <T> T reading(Supplier<T> call) {
        try {
            return translated(call);
        } catch (OutcomeUnknown e) {
            throw new StoreUnavailable("the store does not answer", e);
        }
    }

    private <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (AppendConflict | OutcomeUnknown | StoreUnavailable | UnreadableFact e) {
            throw e;
        } catch (RuntimeException e) {
            RuntimeException meaning = specifics.translate(e);
            throw meaning == null ? e : meaning;
        }
    }
}
