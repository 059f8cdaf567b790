package io.stockledger.api.wire;

import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.document.Fact;
import io.stockledger.order.Charge;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.order.Tender;
import io.stockledger.quantity.Quantity;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.receiving.ReceivingFact.ReceivedLine;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.Document;
import io.stockledger.v1.DocumentLine;
import java.util.List;
import java.util.function.Consumer;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;

/** What a document says that is complete with its first fact. */
final class DocumentContents {

    private DocumentContents() {}

    static void add(Fact fact, Document.Builder document) {
        if (fact instanceof SaleRecorded sale) {
            sale(sale, document);
        } else if (fact instanceof GoodsReceived receipt) {
            receipt(receipt, document);
        } else if (fact instanceof ReturnProcessed back) {
            returned(back, document);
        } else if (fact instanceof StockAdjusted adjusted) {
            adjusted(adjusted, document);
        } else if (fact instanceof StockCounted counted) {
            document.setLocation(counted.location());
            counted.items()
                    .forEach(item -> document.addLines(line(item.sku(), item.counted())
                            .setLocation(counted.location())
                            .setExpected(item.expected().number())));
        } else if (fact instanceof StockTransferred transferred) {
            document.setLocation(transferred.from()).setToLocation(transferred.to());
            transferred.items().forEach(item -> document.addLines(line(item.sku(), item.quantity())));
        } else if (fact instanceof StockReclassified reclassified) {
            document.setLocation(reclassified.location())
                    .setFrom(disposition(reclassified.from()))
                    .setTo(disposition(reclassified.to()));
            given(reclassified.note(), document::setNote);
            reclassified
                    .items()
                    .forEach(item ->
                            document.addLines(line(item.sku(), item.quantity()).setLocation(reclassified.location())));
        } else {
            throw new AssertionError("not a fact of a document: " + fact);
        }
    }

    static DocumentLine.Builder line(String sku, Quantity quantity) {
        return DocumentLine.newBuilder()
                .setSku(sku)
                .setQuantity(quantity.number())
                .setUnit(quantity.unit().code());
    }

    private static void sale(SaleRecorded sale, Document.Builder document) {
        document.setChannel(sale.channel());
        given(sale.location(), document::setLocation);
        given(sale.register(), document::setRegister);
        given(sale.customer(), document::setCustomerReference);
        given(sale.reservation(), document::setReservationId);
        for (SoldLine sold : sale.lines()) {
            DocumentLine.Builder line = line(sold.sku(), sold.quantity()).setLocation(sold.location());
            given(sold.barcode(), line::setBarcode);
            amount(sold.price().unitPrice(), line::setUnitPrice, document);
            amount(sold.price().tax(), line::setTax, document);
            amount(sold.price().discount(), line::setDiscount, document);
            Quantity shortfall = sold.shortfall();
            if (shortfall != null) {
                line.setShortfall(shortfall.number());
            }
            document.addLines(line);
        }
        charges(sale.charges(), document);
        tenders(sale.tenders(), document);
    }

    private static void receipt(GoodsReceived receipt, Document.Builder document) {
        document.setLocation(receipt.location());
        given(receipt.supplier(), document::setSupplier);
        given(receipt.purchaseOrder(), document::setPurchaseOrder);
        for (ReceivedLine received : receipt.lines()) {
            DocumentLine.Builder line =
                    line(received.sku(), received.quantity()).setLocation(receipt.location());
            given(received.barcode(), line::setBarcode);
            given(received.lot(), line::setLot);
            if (received.expiry() != null) {
                line.setExpiry(received.expiry().toString());
            }
            line.addAllSerials(received.serials());
            amount(received.unitCost(), line::setUnitCost, document);
            document.addLines(line);
        }
    }

    private static void returned(ReturnProcessed back, Document.Builder document) {
        document.setChannel(back.channel()).setLocation(back.location());
        given(back.order(), document::setOrderId);
        back.lines().forEach(returned -> {
            DocumentLine.Builder line = line(returned.sku(), returned.quantity())
                    .setLocation(back.location())
                    .setDisposition(disposition(returned.disposition()));
            given(returned.barcode(), line::setBarcode);
            given(returned.reason(), line::setReturnReason);
            document.addLines(line);
        });
        charges(back.charges(), document);
        tenders(back.refunds(), document);
    }

    private static void adjusted(StockAdjusted adjusted, Document.Builder document) {
        document.setLocation(adjusted.location())
                .setReason(AdjustmentReason.valueOf(
                        "ADJUSTMENT_REASON_" + adjusted.reason().name()));
        given(adjusted.note(), document::setNote);
        adjusted.lines().forEach(changed -> {
            DocumentLine.Builder line = line(changed.sku(), changed.quantity())
                    .setLocation(adjusted.location())
                    .setDisposition(disposition(changed.disposition()));
            given(changed.barcode(), line::setBarcode);
            document.addLines(line);
        });
    }

    private static void charges(List<Charge> charges, Document.Builder document) {
        for (Charge charge : charges) {
            io.stockledger.v1.Charge.Builder message =
                    io.stockledger.v1.Charge.newBuilder().setCode(charge.code());
            given(charge.description(), message::setDescription);
            amount(charge.amount(), message::setAmount, document);
            document.addCharges(message);
        }
    }

    private static void tenders(List<Tender> tenders, Document.Builder document) {
        for (Tender tender : tenders) {
            io.stockledger.v1.Tender.Builder message =
                    io.stockledger.v1.Tender.newBuilder().setMethod(tender.method());
            amount(tender.amount(), message::setAmount, document);
            document.addTenders(message);
        }
    }

    /** A document has one currency. */
    private static void amount(@Nullable BigMoney money, Consumer<String> field, Document.Builder document) {
        if (money != null) {
            field.accept(money.getAmount().toPlainString());
            document.setCurrency(money.getCurrencyUnit().getCode());
        }
    }

    private static void given(@Nullable String value, Consumer<String> field) {
        if (value != null) {
            field.accept(value);
        }
    }

    private static Disposition disposition(io.stockledger.stock.Disposition disposition) {
        return Disposition.valueOf("DISPOSITION_" + disposition.name());
    }
}
