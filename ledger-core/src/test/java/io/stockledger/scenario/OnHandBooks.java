package io.stockledger.scenario;

import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.document.Fact;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.quantity.Quantity;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.stock.Bucket;
import java.util.HashMap;
import java.util.Map;

/** What is on hand as the documents alone tell it; knows nothing of postings. */
public final class OnHandBooks {

    /** Where units are. */
    public record Place(String sku, String location, Bucket bucket) {}

    private final Map<Place, Quantity> onHand = new HashMap<>();

    public Map<Place, Quantity> onHand() {
        return onHand;
    }

    public void apply(Fact fact) {
        if (fact instanceof GoodsReceived receipt) {
            receipt.lines().forEach(line -> add(line.sku(), receipt.location(), Bucket.SELLABLE, line.quantity()));
        } else if (fact instanceof SaleRecorded sale) {
            sale.lines()
                    .forEach(line -> add(
                            line.sku(),
                            line.location(),
                            Bucket.SELLABLE,
                            line.quantity().negated()));
        } else if (fact instanceof ReturnProcessed back) {
            back.lines()
                    .forEach(line ->
                            add(line.sku(), back.location(), line.disposition().bucket(), line.quantity()));
        } else if (fact instanceof StockAdjusted adjusted) {
            adjusted.lines()
                    .forEach(line -> add(
                            line.sku(), adjusted.location(), line.disposition().bucket(), line.quantity()));
        } else if (fact instanceof StockCounted counted) {
            counted.items()
                    .forEach(item ->
                            onHand.put(new Place(item.sku(), counted.location(), Bucket.SELLABLE), item.counted()));
        } else if (fact instanceof StockTransferred transfer) {
            transfer.items().forEach(item -> {
                add(
                        item.sku(),
                        transfer.from(),
                        Bucket.SELLABLE,
                        item.quantity().negated());
                add(item.sku(), transfer.to(), Bucket.SELLABLE, item.quantity());
            });
        } else if (fact instanceof StockReclassified change) {
            change.items().forEach(item -> {
                add(
                        item.sku(),
                        change.location(),
                        change.from().bucket(),
                        item.quantity().negated());
                add(item.sku(), change.location(), change.to().bucket(), item.quantity());
            });
        }
    }

    private void add(String sku, String location, Bucket bucket, Quantity quantity) {
        if (bucket.isOnHand()) {
            onHand.merge(new Place(sku, location, bucket), quantity, Quantity::plus);
        }
    }
}
