package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.stockledger.document.InvalidCommand;
import io.stockledger.v1.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every command that the ledger takes from outside, feature by feature. Both wires use this table alone. */
public final class CommandWires {

    private static final List<CommandWire<?>> ALL = Stream.of(
                    ReservationWire.COMMANDS,
                    SaleWire.COMMANDS,
                    ReceivingWire.COMMANDS,
                    ReturnWire.COMMANDS,
                    AdjustmentWire.COMMANDS,
                    StockPolicyWire.COMMANDS,
                    CatalogWire.COMMANDS)
            .<CommandWire<?>>flatMap(List::stream)
            .toList();

    private static final Map<Descriptor, CommandWire<?>> BY_MESSAGE = byMessage();

    private CommandWires() {}

    public static List<CommandWire<?>> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException when no feature reads such a message as a command */
    public static CommandWire<?> of(Descriptor message) {
        CommandWire<?> wire = BY_MESSAGE.get(message);
        if (wire == null) {
            throw new IllegalArgumentException(
                    message.getFullName() + " (expected: a command that a feature's COMMANDS list)");
        }
        return wire;
    }

    /**
     * Opens the envelope of a stream.
     *
     * @throws InvalidCommand when it is empty
     */
    public static Message open(Command envelope) {
        @Nullable FieldDescriptor field = Command.getDescriptor()
                .findFieldByNumber(envelope.getCommandCase().getNumber());
        if (field == null) {
            throw new InvalidCommand("command", "missing (expected: one command per message)");
        }
        return (Message) envelope.getField(field);
    }

    private static Map<Descriptor, CommandWire<?>> byMessage() {
        Map<Descriptor, CommandWire<?>> wires = new HashMap<>();
        for (CommandWire<?> wire : ALL) {
            if (wires.put(wire.empty().getDescriptorForType(), wire) != null) {
                throw new IllegalStateException(wire.name() + " is listed twice (expected: by one feature)");
            }
        }
        return Map.copyOf(wires);
    }
}
