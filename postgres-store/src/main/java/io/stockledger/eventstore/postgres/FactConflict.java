package io.stockledger.eventstore.postgres;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Somebody else recorded a fact under the same stream and sequence first. Nothing of the batch was stored; read the named
 * streams again and decide again.
 */
public final class FactConflict extends ConcurrencyException {
    private static final long serialVersionUID = 1L;

    private final TreeSet<String> streams;

    FactConflict(Set<String> streams, Throwable cause) {
        super("streams " + streams + " have moved on since they were read (expected: sequences not yet stored)", cause);
        this.streams = new TreeSet<>(streams);
    }

    /** The streams of the batch that had moved on, at least one. */
    public Set<String> streams() {
        return Collections.unmodifiableSet(streams);
    }
}
