package io.stockledger.decision;

import io.stockledger.document.DocumentRefusal.VersionMoved;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a decision may look at: the states of streams, including what was decided just before. */
public interface Streams {

    /**
     * @param key the stream's name without its prefix
     * @return the state; empty when no fact has made one yet
     */
    <S> Optional<S> find(StreamType<S> type, String key);

    /** How many facts the stream has: the version of what it is about. */
    <S> long version(StreamType<S> type, String key);

    /**
     * The stream's facts about what took place after an instant, in the order in which they were told; empty when too many
     * facts were told since to look through.
     */
    <S> Optional<List<PastFact>> factsSince(StreamType<S> type, String key, Instant instant);

    /** A fact, and when what it tells took place. */
    record PastFact(Fact fact, Instant happened) {}

    /** Why nothing may be changed that was at another version when the caller looked; empty when it is still at that. */
    default <S> Optional<Refusal> refusalWhenMoved(StreamType<S> type, String key, @Nullable Long expected) {
        if (expected == null) {
            return Optional.empty();
        }
        long actual = version(type, key);
        return actual == expected
                ? Optional.empty()
                : Optional.of(new VersionMoved(type.stream(key), expected, actual));
    }
}
