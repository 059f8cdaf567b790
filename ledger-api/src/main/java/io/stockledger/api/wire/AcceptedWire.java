package io.stockledger.api.wire;

import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.Fact;
import io.stockledger.ledger.Answer;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.quantity.Quantity;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.AcceptedLine;

/** An accepted command's answer as a message, made from the document's first fact. */
public final class AcceptedWire {

    private AcceptedWire() {}

    public static Accepted of(Answer.Accepted answer) {
        Accepted.Builder message = Accepted.newBuilder()
                .setDocument(answer.document().stream())
                .setPosition(answer.position())
                .setRecordedAt(WireFields.timestamp(answer.recordedAt()))
                .setRepeated(answer.repeated());
        Fact fact = answer.fact();
        if (fact instanceof ReservationMade made) {
            message.setEndsAt(WireFields.timestamp(made.endsAt()));
            made.lines().forEach(line -> add(message, line.sku(), line.location(), line.quantity()));
        } else if (fact instanceof SaleRecorded sale) {
            sale.lines().forEach(line -> {
                AcceptedLine.Builder sold = add(message, line.sku(), line.location(), line.quantity());
                if (line.shortfall() != null) {
                    sold.setShortfall(line.shortfall().number());
                }
            });
        } else if (fact instanceof GoodsReceived receipt) {
            receipt.lines().forEach(line -> add(message, line.sku(), receipt.location(), line.quantity()));
        } else if (fact instanceof ReturnProcessed back) {
            back.lines().forEach(line -> add(message, line.sku(), back.location(), line.quantity()));
        } else if (fact instanceof StockAdjusted adjusted) {
            adjusted.lines().forEach(line -> add(message, line.sku(), adjusted.location(), line.quantity()));
        } else if (fact instanceof StockCounted count) {
            count.items()
                    .forEach(item -> add(
                            message,
                            item.sku(),
                            count.location(),
                            item.counted().minus(item.expected())));
        } else if (fact instanceof StockTransferred transfer) {
            transfer.items().forEach(item -> add(message, item.sku(), transfer.to(), item.quantity()));
        } else if (fact instanceof StockReclassified changed) {
            changed.items().forEach(item -> add(message, item.sku(), changed.location(), item.quantity()));
        } else if (!(fact instanceof InstructionAccepted)) {
            throw new AssertionError("no document begins with " + fact);
        }
        return message.build();
    }

    private static AcceptedLine.Builder add(Accepted.Builder message, String sku, String location, Quantity quantity) {
        return message.addLinesBuilder().setSku(sku).setLocation(location).setQuantity(quantity.number());
    }
}
