package io.stockledger.api.wire;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.money.Amounts;
import io.stockledger.receiving.ReceiveGoods;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receipts as messages. */
final class ReceivingWire {

    static final List<CommandWire<?>> COMMANDS =
            List.of(CommandWire.of(io.stockledger.v1.ReceiveGoods.getDefaultInstance(), ReceivingWire::receive));

    private ReceivingWire() {}

    static Command receive(io.stockledger.v1.ReceiveGoods message) {
        Amounts amounts = Amounts.in(message.getCurrency());
        List<ReceiveGoods.Line> lines = Check.made(
                "lines",
                message.getLinesList(),
                line -> new ReceiveGoods.Line(
                        WireFields.asked(line.getItem(), line.getQuantity()),
                        line.getLot(),
                        date("lines.expiry", line.getExpiry()),
                        line.getSerialsList(),
                        amounts.of("lines.unitCost", WireFields.optionalNumber("lines.unitCost", line.getUnitCost()))));
        return new ReceiveGoods(
                new DocumentRef(Kind.RECEIPT, message.getDocumentId()),
                message.getLocation(),
                message.getSupplier(),
                message.getPurchaseOrder(),
                lines);
    }

    private static @Nullable LocalDate date(String field, String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidCommand(field, "'" + text + "' (expected: a calendar date such as 2027-01-31)");
        }
    }
}
