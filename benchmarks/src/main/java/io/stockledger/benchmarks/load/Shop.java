package io.stockledger.benchmarks.load;

import com.google.protobuf.Duration;
import io.stockledger.v1.Command;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.ReserveLine;
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.SaleLine;
import io.stockledger.v1.Tender;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A shop's commands, each under a new document id. */
public final class Shop {

    private static final String PLENTY = "100000000000";
    private static final Duration QUARTER_OF_AN_HOUR =
            Duration.newBuilder().setSeconds(900).build();

    private final String location;
    private final String run = Long.toString(System.currentTimeMillis(), 36);
    private final AtomicLong documents = new AtomicLong();

    public Shop(String location) {
        this.location = location;
    }

    public String location() {
        return location;
    }

    public static String sku(int item) {
        return "sku-" + item;
    }

    public Command open() {
        return Command.newBuilder()
                .setOpenLocation(OpenLocation.newBuilder()
                        .setDocumentId(document())
                        .setLocation(location)
                        .setName(location)
                        .setKind(LocationKind.LOCATION_KIND_SHOP))
                .build();
    }

    public Command register(int item) {
        return Command.newBuilder()
                .setRegisterItem(RegisterItem.newBuilder()
                        .setDocumentId(document())
                        .setSku(sku(item))
                        .setName("Item " + item))
                .build();
    }

    /** So much that no load ever sells it out. */
    public Command stockUp(int item) {
        return Command.newBuilder().setReceiveGoods(receipt(item, PLENTY)).build();
    }

    public ReceiveGoods receipt(int item, String quantity) {
        return ReceiveGoods.newBuilder()
                .setDocumentId(document())
                .setLocation(location)
                .setSupplier("supplier-1")
                .addLines(ReceiptLine.newBuilder().setItem(ref(item)).setQuantity(quantity))
                .build();
    }

    /** One unit of any of the first so many items. */
    public ReserveStock reservation(int items) {
        return reservationOf(any(items));
    }

    /** One unit. */
    public ReserveStock reservationOf(int item) {
        return ReserveStock.newBuilder()
                .setDocumentId(document())
                .setChannel("web")
                .setLocation(location)
                .setTimeToLive(QUARTER_OF_AN_HOUR)
                .addLines(ReserveLine.newBuilder().setItem(ref(item)).setQuantity("1"))
                .build();
    }

    /** Three lines with prices, paid by card. */
    public RecordSale sale(int items) {
        RecordSale.Builder sale = RecordSale.newBuilder()
                .setDocumentId(document())
                .setChannel("store")
                .setLocation(location)
                .setRegister("till-1")
                .setCurrency("EUR")
                .setGoodsHandedOver(true)
                .addTenders(Tender.newBuilder().setMethod("card").setAmount("9.97"));
        for (int line = 0; line < 3; line++) {
            sale.addLines(SaleLine.newBuilder()
                    .setItem(ref(any(items)))
                    .setQuantity("1")
                    .setUnitPrice("2.99")
                    .setTax("0.48"));
        }
        return sale.build();
    }

    public String document() {
        return run + "-" + documents.incrementAndGet();
    }

    private static ItemRef ref(int item) {
        return ItemRef.newBuilder().setSku(sku(item)).build();
    }

    private static int any(int items) {
        return 1 + ThreadLocalRandom.current().nextInt(items);
    }
}
