package io.stockledger.api.wire;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.stock.SetChannelProtection;
import io.stockledger.stock.SetSafetyStock;
import java.util.List;

/** What is kept back from promises, as messages. */
final class StockPolicyWire {

    static final List<CommandWire<?>> COMMANDS = List.of(
            CommandWire.of(io.stockledger.v1.SetSafetyStock.getDefaultInstance(), StockPolicyWire::safetyStock),
            CommandWire.of(
                    io.stockledger.v1.SetChannelProtection.getDefaultInstance(), StockPolicyWire::channelProtection));

    private StockPolicyWire() {}

    static Command safetyStock(io.stockledger.v1.SetSafetyStock message) {
        return new SetSafetyStock(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getSku(),
                message.getLocation(),
                WireFields.number("quantity", message.getQuantity()));
    }

    static Command channelProtection(io.stockledger.v1.SetChannelProtection message) {
        return new SetChannelProtection(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getSku(),
                message.getLocation(),
                message.getChannel(),
                WireFields.number("quantity", message.getQuantity()));
    }
}
