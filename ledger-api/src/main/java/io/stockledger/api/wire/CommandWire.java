package io.stockledger.api.wire;

import com.google.protobuf.Message;
import io.stockledger.document.Command;
import io.stockledger.document.Provenance;
import io.stockledger.v1.Occasion;
import java.util.Set;
import java.util.function.Function;

/**
 * How one command looks on both wires.
 *
 * @param name as {@link Command#name()} gives it
 * @param empty the message's default instance
 * @param command makes the command; throws {@link io.stockledger.document.InvalidCommand}
 */
public record CommandWire<M extends Message>(
        String name, M empty, Function<M, Occasion> occasion, Function<M, Command> command) {

    public Command commandOf(M message) {
        return command.apply(message);
    }

    /** @param locations the only ones whose stock the principal may change; empty: all */
    public Provenance provenanceOf(M message, String principal, Set<String> locations) {
        return WireFields.provenance(occasion.apply(message), principal, locations);
    }
}
