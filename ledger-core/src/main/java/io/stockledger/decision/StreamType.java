package io.stockledger.decision;

import io.stockledger.document.Fact;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A kind of stream, and how its facts make a state. The state is immutable. It is null as long as no fact has
 * made one, which only this package and the fold itself see.
 *
 * @param prefix what the streams' names begin with, before a colon
 * @param after the state after a fact, given the state before
 * @param snapshots how a state is stored whole, for streams that grow without end
 * @param lasting what rules read here stays true whatever is written later, so that nobody need ask whether it
 *     still holds
 * @param soon documents of this kind are asked for within minutes of their first fact, so their states stay in memory
 *     for a while from then on
 * @param places the locations that a document of this kind belongs to; where it is given, the document is not there for
 *     who is tied to others
 */
public record StreamType<S>(
        String prefix,
        Fold<S> after,
        Optional<Snapshots<S>> snapshots,
        boolean lasting,
        boolean soon,
        Optional<Function<S, Set<String>>> places) {

    /**
     * A state as a stored value, and back.
     *
     * @param parts of how many parts the state consists, with which the cost of storing it grows
     */
    public record Snapshots<S>(Function<S, Object> save, Function<Object, S> restore, ToIntFunction<S> parts) {}

    /** How one fact more changes a state. */
    @FunctionalInterface
    public interface Fold<S> {
        /**
         * @param before null as long as no fact has made a state
         * @param happened when what the fact tells took place
         * @return null when there is no state any more
         */
        @Nullable S apply(@Nullable S before, Fact fact, Instant happened);
    }

    /** A type whose streams stay short, so that no snapshot is ever needed, and whose states know no time. */
    public static <S> StreamType<S> of(String prefix, BiFunction<@Nullable S, Fact, @Nullable S> after) {
        return timed(prefix, (before, fact, happened) -> after.apply(before, fact));
    }

    /** The same, where it matters when what a fact tells took place. */
    public static <S> StreamType<S> timed(String prefix, Fold<S> after) {
        return new StreamType<>(prefix, after, Optional.empty(), false, false, Optional.empty());
    }

    public StreamType<S> withSnapshots(Function<S, Object> save, Function<Object, S> restore, ToIntFunction<S> parts) {
        return new StreamType<>(
                prefix, after, Optional.of(new Snapshots<>(save, restore, parts)), lasting, soon, places);
    }

    public StreamType<S> whatIsReadLasts() {
        return new StreamType<>(prefix, after, snapshots, true, soon, places);
    }

    public StreamType<S> askedForSoon() {
        return new StreamType<>(prefix, after, snapshots, lasting, true, places);
    }

    public StreamType<S> belongingTo(Function<S, Set<String>> locations) {
        return new StreamType<>(prefix, after, snapshots, lasting, soon, Optional.of(locations));
    }

    /** Whether a stream is of this type, by its name. */
    public boolean isOf(String stream) {
        return stream.startsWith(prefix) && stream.startsWith(":", prefix.length());
    }

    public String stream(String key) {
        return prefix + ":" + key;
    }
}
