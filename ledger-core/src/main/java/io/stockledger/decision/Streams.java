package io.stockledger.decision;

import java.util.Optional;

/** What a decision may look at: the states of streams, including what was decided just before. */
public interface Streams {

    /**
     * @param key the stream's name without its prefix
     * @return the state; empty when no fact has made one yet
     */
    <S> Optional<S> find(StreamType<S> type, String key);
}
