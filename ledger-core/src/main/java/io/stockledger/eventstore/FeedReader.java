package io.stockledger.eventstore;

import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.StoredFact;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads on from a position: from the store as long as it is behind what this node remembers, or other nodes write;
 * otherwise from memory. Where the store does not tell positions, nothing is in memory and the store is read always.
 */
final class FeedReader implements FactFeed.Reader {

    private static final long LOOK_FOR_OTHERS_MILLIS = 50;

    private final Source source;
    private long position;
    private @Nullable SharedStream stream;
    private long storeNeededAt = System.nanoTime();

    /**
     * Where the facts are.
     *
     * @param recent what this node appended last
     * @param head the store's last position, not asked for each time
     * @param streams the store's
     * @param streamKeptOpen for how long one is kept open unused: two nodes that write in turns should not open and
     *     close it all the time
     */
    record Source(RecentFacts recent, LongSupplier head, SharedStreams streams, Duration streamKeptOpen) {}

    FeedReader(Source source, long afterPosition) {
        this.source = source;
        this.position = afterPosition;
        this.stream = source.streams().join(this, afterPosition);
        source.recent().hasHad(this, afterPosition);
    }

    @Override
    public List<StoredFact> next(int most, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            List<StoredFact> facts = source.recent().after(position, most);
            if (!facts.isEmpty()) {
                leaveStreamIfIdle();
            } else {
                facts = readOrWait(most, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            }
            if (!facts.isEmpty()) {
                position = facts.get(facts.size() - 1).position();
                source.recent().hasHad(this, position);
                return facts;
            }
            if (System.nanoTime() >= end) {
                return List.of();
            }
        }
    }

    private List<StoredFact> readOrWait(int most, long millis) throws InterruptedException {
        try {
            if (source.recent().endsAt(position)) {
                source.recent().await(position, Math.min(millis, LOOK_FOR_OTHERS_MILLIS));
                // Only a node that is silent itself need ask whether others have written.
                if (!source.recent().endsAt(position) || source.head().getAsLong() <= position) {
                    return List.of();
                }
            }
            List<StoredFact> facts = stream().after(this, position, most, Math.min(millis, LOOK_FOR_OTHERS_MILLIS));
            if (!facts.isEmpty()) {
                storeNeededAt = System.nanoTime();
            }
            return facts;
        } catch (UnreadableFact | StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailable("the facts could not be read on", e);
        }
    }

    private SharedStream stream() {
        if (stream != null && !stream.reaches(position)) {
            leaveStream();
        }
        SharedStream joined = stream;
        if (joined == null) {
            joined = source.streams().join(this, position);
            stream = joined;
        }
        return joined;
    }

    private void leaveStreamIfIdle() {
        if (System.nanoTime() - storeNeededAt >= source.streamKeptOpen().toNanos()) {
            leaveStream();
        }
    }

    @Override
    public void close() {
        source.recent().leave(this);
        leaveStream();
    }

    private void leaveStream() {
        if (stream != null) {
            source.streams().leave(this, stream);
            stream = null;
        }
    }
}
