package io.stockledger.api.wire;

import com.google.protobuf.Message;
import io.stockledger.document.Command;
import io.stockledger.document.Provenance;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one command looks on both wires.
 *
 * @param empty the message's default instance
 * @param command makes the command; throws {@link io.stockledger.document.InvalidCommand}
 */
public record CommandWire<M extends Message>(M empty, Function<M, Command> command) {

    static <M extends Message> CommandWire<M> of(M empty, Function<M, Command> command) {
        return new CommandWire<>(empty, command);
    }

    /** As {@link Command#name()} gives it: {@code RecordSale} is {@code record-sale}. */
    public String name() {
        return JsonFields.kebab(empty.getDescriptorForType().getName());
    }

    /**
     * The command that a message asks for.
     *
     * @param message of this wire's type
     */
    @SuppressWarnings("unchecked") // a caller finds the wire by the message's type
    public Command commandOf(Message message) {
        return command.apply((M) message);
    }

    /**
     * @param locations the only ones whose stock the principal may change; empty: all
     * @param requestId what the sender calls the request; null: it gave no id
     */
    public static Provenance provenanceOf(
            Message message, String principal, Set<String> locations, @Nullable String requestId) {
        return WireFields.provenance(message, principal, locations, requestId);
    }
}
