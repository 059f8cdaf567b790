package io.stockledger.api.wire;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.money.Amounts;
import io.stockledger.returns.ProcessReturn;
import java.util.List;

/** Returns as messages. */
final class ReturnWire {

    static final List<CommandWire<?>> COMMANDS =
            List.of(CommandWire.of(io.stockledger.v1.ProcessReturn.getDefaultInstance(), ReturnWire::process));

    private ReturnWire() {}

    static Command process(io.stockledger.v1.ProcessReturn message) {
        Amounts amounts = Amounts.in(message.getCurrency());
        List<ProcessReturn.Line> lines = Check.made(
                "lines",
                message.getLinesList(),
                line -> new ProcessReturn.Line(
                        WireFields.asked(line.getItem(), line.getQuantity()),
                        line.getReason(),
                        WireFields.requiredDisposition("lines.disposition", line.getDisposition())));
        return new ProcessReturn(
                new DocumentRef(Kind.RETURN, message.getDocumentId()),
                message.getChannel(),
                message.getLocation(),
                message.getOrderId(),
                lines,
                WireFields.charges(amounts, message.getChargesList()),
                WireFields.tenders(amounts, "refunds", message.getRefundsList()));
    }
}
