package io.stockledger.receiving;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.item.ItemLines;
import io.stockledger.item.ItemLines.ItemLine;
import io.stockledger.location.LocationRefusal;
import io.stockledger.location.Locations;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.receiving.ReceivingFact.ReceivedLine;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.StockFact.Cause;
import java.util.ArrayList;
import java.util.List;

/** Whatever came in is there; it only has to be known goods at a known place. */
public final class ReceivingRules {

    private ReceivingRules() {}

    public static Decision decide(ReceiveGoods command, Streams streams, Moment at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.goods(), at.happened());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        Effects effects = new Effects();
        lines.perItem()
                .forEach((sku, quantity) -> StockAt.of(streams, sku, quantity.unit(), command.location(), at)
                        .move(Cause.RECEIVED, Bucket.SUPPLIER, Bucket.SELLABLE, quantity, effects));
        List<ReceivedLine> received = new ArrayList<>();
        for (int i = 0; i < lines.lines().size(); i++) {
            ItemLine line = lines.lines().get(i);
            ReceiveGoods.Line asked = command.lines().get(i);
            received.add(new ReceivedLine(
                    line.sku(),
                    line.quantity(),
                    asked.goods().item().barcode(),
                    asked.lot(),
                    asked.expiry(),
                    asked.serials(),
                    asked.unitCost()));
        }
        return effects.accept(new GoodsReceived(
                command.document().id(), command.location(), command.supplier(), command.purchaseOrder(), received));
    }
}
