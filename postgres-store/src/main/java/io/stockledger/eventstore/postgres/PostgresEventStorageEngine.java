package io.stockledger.eventstore.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Axon's events in one table of a PostgreSQL. A batch is one transaction, whatever Axon's unit of work does; appends take
 * turns over all nodes, so that positions are dense, in commit order, and a plain position is a token without gaps.
 *
 * <p>Needs PostgreSQL 14 or newer with the tables of {@link FactTables}, reached directly, not through a pooler that
 * shares sessions. Only {@link DomainEventMessage}s are stored; the type of one is what stands before the first colon of
 * its stream.
 *
 * <p>Failures: {@link FactConflict} (somebody wrote first), {@link AppendOutcomeUnknown} (the connection was lost on the
 * way), any other {@link org.axonframework.eventsourcing.eventstore.EventStoreException} (nothing was stored, or could be
 * read). A lost connection is replaced at the next call.
 */
public final class PostgresEventStorageEngine implements EventStorageEngine, AutoCloseable {
    /** Clocks of nodes may differ; a token for an instant is searched from this much earlier. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(5);

    private final FactAppender appender;
    private final FactReader reader;
    private final Serializer eventSerializer;
    private final Serializer snapshotSerializer;
    private final PostgresEventStoreOptions options;
    private volatile long lastAppendedPosition;

    /**
     * Connects and checks the database's durability.
     *
     * @param appends gives the one connection that appends and is kept open; unpooled, or a pool with one to spare
     * @param reads a pool, for everything else
     * @throws org.axonframework.eventsourcing.eventstore.EventStoreException if the database can't be reached, is older
     *     than PostgreSQL 14, or may forget committed facts and that was not accepted
     */
    public PostgresEventStorageEngine(
            DataSource appends,
            DataSource reads,
            Serializer eventSerializer,
            Serializer snapshotSerializer,
            PostgresEventStoreOptions options) {
        this.appender = new FactAppender(appends, options);
        this.reader = new FactReader(reads);
        this.eventSerializer = eventSerializer;
        this.snapshotSerializer = snapshotSerializer;
        this.options = options;
        appender.connect();
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (!events.isEmpty()) {
            append(events);
        }
    }

    /**
     * Stores all events or none, in this order.
     *
     * @param events at least one; the sequences of each stream follow one another
     * @return the position of the last one
     */
    public long append(List<? extends EventMessage<?>> events) {
        long position = appender.append(FactBatch.of(events, eventSerializer));
        lastAppendedPosition = position;
        return position;
    }

    /** The position that the latest append through this engine ended with; 0 before the first. */
    public long lastAppendedPosition() {
        return lastAppendedPosition;
    }

    /**
     * What became of a batch whose append ended in {@link AppendOutcomeUnknown}. The lost connection's transaction is
     * ended first, so the answer is final.
     *
     * @return the position of the batch's last event if the batch is stored; empty if it is not and never will be
     */
    public OptionalLong outcomeOf(List<? extends EventMessage<?>> batch) {
        return appender.outcomeOf(FactBatch.of(batch, eventSerializer));
    }

    /** The last sequence of each of those streams that has any fact; streams without one are missing. One query. */
    public Map<String, Long> headSequences(Collection<String> streams) {
        return streams.isEmpty() ? Map.of() : reader.headSequences(streams);
    }

    /**
     * The facts of many streams in one query, all in memory at once.
     *
     * @param firstSequences for each stream the first sequence to read
     * @return for each stream its facts in order, none if there are none
     */
    public Map<String, List<DomainEventMessage<?>>> readStreams(Map<String, Long> firstSequences) {
        Map<String, Stream.Builder<StoredFact>> byStream = new LinkedHashMap<>();
        firstSequences.keySet().forEach(stream -> byStream.put(stream, Stream.builder()));
        if (!firstSequences.isEmpty()) {
            for (StoredFact fact : reader.ofStreams(firstSequences)) {
                byStream.computeIfAbsent(fact.getAggregateIdentifier(), stream -> Stream.builder())
                        .add(fact);
            }
        }
        Map<String, List<DomainEventMessage<?>>> streams = new LinkedHashMap<>();
        byStream.forEach((stream, facts) -> streams.put(
                stream,
                domainEvents(facts.build(), eventSerializer)
                        .asStream()
                        .<DomainEventMessage<?>>map(event -> event)
                        .toList()));
        return streams;
    }

    /** The position of a stream's first fact; empty if the stream has none. */
    public OptionalLong firstPosition(String stream) {
        return reader.firstPosition(stream);
    }

    /** The last position in the store; 0 while it is empty. */
    public long headPosition() {
        return reader.headPosition();
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken trackingToken, boolean mayBlock) {
        Stream<StoredFact> facts = StreamSupport.stream(
                new KeysetSpliterator<>(
                        last -> reader.after(
                                last == null ? positionOf(trackingToken) : last.position(), options.fetchSize()),
                        KeysetSpliterator.End.MAY_MOVE,
                        options.fetchSize()),
                false);
        return EventUtils.upcastAndDeserializeTrackedEvents(facts, eventSerializer, options.upcasters());
    }

    @Override
    public DomainEventStream readEvents(String stream, long firstSequenceNumber) {
        Stream<StoredFact> facts = StreamSupport.stream(
                new KeysetSpliterator<>(
                        last -> reader.ofStream(
                                stream,
                                last == null ? firstSequenceNumber : last.getSequenceNumber() + 1,
                                options.fetchSize()),
                        KeysetSpliterator.End.IS_FINAL,
                        options.fetchSize()),
                false);
        return domainEvents(facts, eventSerializer);
    }

    /** Keeps the newest of a stream's snapshots; a late, older one changes nothing. */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        reader.storeSnapshot(FactBatch.of(List.of(snapshot), snapshotSerializer));
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
        return Optional.ofNullable(readSnapshots(List.of(stream)).get(stream));
    }

    /** The snapshots of those of the streams that have one, in one query. */
    public Map<String, DomainEventMessage<?>> readSnapshots(Collection<String> streams) {
        Map<String, DomainEventMessage<?>> snapshots = new HashMap<>();
        if (!streams.isEmpty()) {
            domainEvents(reader.snapshots(streams).stream(), snapshotSerializer)
                    .asStream()
                    .forEach(snapshot -> snapshots.put(snapshot.getAggregateIdentifier(), snapshot));
        }
        return snapshots;
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        return Optional.ofNullable(headSequences(List.of(stream)).get(stream));
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return tokenAt(reader.headPosition());
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        long head = reader.headPosition();
        long from = lastPositionBefore(dateTime.minus(CLOCKS_DIFFER_BY), head) + 1;
        OptionalLong first = reader.firstRecordedSince(dateTime, from);
        return tokenAt(first.isPresent() ? first.getAsLong() - 1 : head);
    }

    private long lastPositionBefore(Instant instant, long head) {
        long before = 0;
        long notBefore = head + 1;
        while (notBefore - before > 1) {
            long middle = before + (notBefore - before) / 2;
            boolean earlier =
                    reader.recordedAt(middle).map(at -> at.isBefore(instant)).orElse(false);
            if (earlier) {
                before = middle;
            } else {
                notBefore = middle;
            }
        }
        return before;
    }

    private static @Nullable TrackingToken tokenAt(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position);
    }

    private static long positionOf(@Nullable TrackingToken token) {
        if (token == null) {
            return 0;
        }
        if (token instanceof GlobalSequenceTrackingToken position) {
            return position.getGlobalIndex();
        }
        throw new IllegalArgumentException("token: " + token + " (expected: a GlobalSequenceTrackingToken)");
    }

    private DomainEventStream domainEvents(Stream<StoredFact> facts, Serializer serializer) {
        return EventStreamUtils.upcastAndDeserializeDomainEvents(facts, serializer, options.upcasters());
    }

    @Override
    public void close() {
        appender.close();
    }
}
