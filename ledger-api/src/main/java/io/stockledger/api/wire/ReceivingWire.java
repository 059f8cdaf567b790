package io.stockledger.api.wire;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.money.Amounts;
import io.stockledger.receiving.ReceiveGoods;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receipts as messages. */
final class ReceivingWire {

    static final List<CommandWire<?>> COMMANDS =
            List.of(CommandWire.of(io.stockledger.v1.ReceiveGoods.getDefaultInstance(), ReceivingWire::receive));

    private ReceivingWire() {}

    static Command receive(io.stockledger.v1.ReceiveGoods message) {
        Amounts amounts = Amounts.in(message.getCurrency());
        List<ReceiveGoods.Line> lines = new ArrayList<>(message.getLinesCount());
        for (int i = 0; i < message.getLinesCount(); i++) {
            io.stockledger.v1.ReceiptLine line = message.getLines(i);
            String field = WireFields.line("lines", i);
            String cost = field + ".unitCost";
            lines.add(new ReceiveGoods.Line(
                    WireFields.asked(field, line.getItem(), line.getQuantity()),
                    line.getLot(),
                    date(field + ".expiry", line.getExpiry()),
                    line.getSerialsList(),
                    amounts.of(cost, WireFields.optionalNumber(cost, line.getUnitCost()))));
        }
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
