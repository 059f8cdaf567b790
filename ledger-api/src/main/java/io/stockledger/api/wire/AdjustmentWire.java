package io.stockledger.api.wire;

import io.stockledger.adjustment.AdjustStock;
import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.adjustment.ReclassifyStock;
import io.stockledger.adjustment.RecordCount;
import io.stockledger.adjustment.TransferStock;
import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.stock.Disposition;
import io.stockledger.v1.TransferLine;
import java.util.List;

/** Adjustments, counts, transfers and changes of disposition as messages. */
final class AdjustmentWire {

    static final List<CommandWire<?>> COMMANDS = List.of(
            CommandWire.of(io.stockledger.v1.AdjustStock.getDefaultInstance(), AdjustmentWire::adjust),
            CommandWire.of(io.stockledger.v1.RecordCount.getDefaultInstance(), AdjustmentWire::count),
            CommandWire.of(io.stockledger.v1.TransferStock.getDefaultInstance(), AdjustmentWire::transfer),
            CommandWire.of(io.stockledger.v1.ReclassifyStock.getDefaultInstance(), AdjustmentWire::reclassifyStock));

    private AdjustmentWire() {}

    static Command adjust(io.stockledger.v1.AdjustStock message) {
        List<AdjustStock.Line> lines = Check.made("lines", message.getLinesList(), line -> {
            Disposition disposition = WireFields.disposition("lines.disposition", line.getDisposition());
            return new AdjustStock.Line(
                    WireFields.asked(line.getItem(), line.getQuantity()),
                    disposition == null ? Disposition.SELLABLE : disposition);
        });
        return new AdjustStock(
                new DocumentRef(Kind.ADJUSTMENT, message.getDocumentId()),
                message.getLocation(),
                reason(message.getReason()),
                message.getNote(),
                lines);
    }

    static Command count(io.stockledger.v1.RecordCount message) {
        List<Asked> lines = Check.made(
                "lines", message.getLinesList(), line -> WireFields.asked(line.getItem(), line.getQuantity()));
        return new RecordCount(new DocumentRef(Kind.COUNT, message.getDocumentId()), message.getLocation(), lines);
    }

    static Command transfer(io.stockledger.v1.TransferStock message) {
        return new TransferStock(
                new DocumentRef(Kind.TRANSFER, message.getDocumentId()),
                message.getFromLocation(),
                message.getToLocation(),
                lines(message.getLinesList()));
    }

    static Command reclassifyStock(io.stockledger.v1.ReclassifyStock message) {
        return new ReclassifyStock(
                new DocumentRef(Kind.RECLASSIFICATION, message.getDocumentId()),
                message.getLocation(),
                WireFields.requiredDisposition("from", message.getFrom()),
                WireFields.requiredDisposition("to", message.getTo()),
                message.getNote(),
                lines(message.getLinesList()));
    }

    private static List<Asked> lines(List<TransferLine> messages) {
        return Check.made("lines", messages, line -> WireFields.asked(line.getItem(), line.getQuantity()));
    }

    private static AdjustmentReason reason(io.stockledger.v1.AdjustmentReason reason) {
        return switch (reason) {
            case ADJUSTMENT_REASON_OPENING_BALANCE -> AdjustmentReason.OPENING_BALANCE;
            case ADJUSTMENT_REASON_FOUND -> AdjustmentReason.FOUND;
            case ADJUSTMENT_REASON_LOST -> AdjustmentReason.LOST;
            case ADJUSTMENT_REASON_STOLEN -> AdjustmentReason.STOLEN;
            case ADJUSTMENT_REASON_DAMAGED -> AdjustmentReason.DAMAGED;
            case ADJUSTMENT_REASON_EXPIRED -> AdjustmentReason.EXPIRED;
            case ADJUSTMENT_REASON_OWN_USE -> AdjustmentReason.OWN_USE;
            case ADJUSTMENT_REASON_GIVEN_AWAY -> AdjustmentReason.GIVEN_AWAY;
            case ADJUSTMENT_REASON_CORRECTION -> AdjustmentReason.CORRECTION;
            case ADJUSTMENT_REASON_UNSPECIFIED ->
                throw new InvalidCommand("reason", "missing (expected: why units were added or removed)");
            default -> throw new InvalidCommand("reason", "an unknown value (expected: one of the enum's)");
        };
    }
}
