package io.stockledger.eventstore;

import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The store's streams that this node has open, one for all readers that are near each other. Views fall behind together;
 * if each then read and parsed the store by itself, they would take the time that they need to catch up.
 */
final class SharedStreams {

    private final LongFunction<BlockingStream<TrackedEventMessage<?>>> open;
    private final Function<TrackedEventMessage<?>, StoredFact> read;
    private final int mostKept;
    private final Duration patience;
    private final List<SharedStream> streams = new ArrayList<>();

    /**
     * @param open the store's stream of what is after a position
     * @param read a message of that stream
     * @param mostKept facts that a stream keeps for its slower readers; one that is further behind reads by itself
     * @param patience how long the quicker wait for a slower one who does not come
     */
    SharedStreams(
            LongFunction<BlockingStream<TrackedEventMessage<?>>> open,
            Function<TrackedEventMessage<?>, StoredFact> read,
            int mostKept,
            Duration patience) {
        this.open = open;
        this.read = read;
        this.mostKept = mostKept;
        this.patience = patience;
    }

    /** A stream that has what is after a position, or soon will. To be left in the end. */
    synchronized SharedStream join(FeedReader reader, long position) {
        for (SharedStream stream : streams) {
            if (stream.reaches(position)) {
                stream.join(reader, position);
                return stream;
            }
        }
        SharedStream opened = new SharedStream(open.apply(position), read, mostKept, patience, position);
        opened.join(reader, position);
        streams.add(opened);
        return opened;
    }

    synchronized void leave(FeedReader reader, SharedStream stream) {
        if (stream.leave(reader)) {
            streams.remove(stream);
            stream.close();
        }
    }

    synchronized int open() {
        return streams.size();
    }
}
