package io.stockledger.api.demo;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.stockledger.api.client.Ordering;
import io.stockledger.v1.AdjustStock;
import io.stockledger.v1.AdjustmentLine;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.Command;
import io.stockledger.v1.ConfirmReservation;
import io.stockledger.v1.CountLine;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.ItemPrice;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.Occasion;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.ReclassifyStock;
import io.stockledger.v1.RecordCount;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.ReleaseReservation;
import io.stockledger.v1.ReserveLine;
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.ReturnLine;
import io.stockledger.v1.SaleLine;
import io.stockledger.v1.SetChannelProtection;
import io.stockledger.v1.SetSafetyStock;
import io.stockledger.v1.Tender;
import io.stockledger.v1.TransferLine;
import io.stockledger.v1.TransferStock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down the week's commands in the order in which they are sent. Ids are numbered, so a rerun has the same. */
final class Script {

    private static final String CURRENCY = "EUR";
    private static final BigDecimal VAT = new BigDecimal("19");
    private static final BigDecimal GROSS = new BigDecimal("119");

    private final String prefix;
    private final List<Scene> scenes = new ArrayList<>();
    private final List<Scene> late = new ArrayList<>();
    private int number;

    /** Who does it where and when. {@code late}: it reaches the ledger only at the end of the week. */
    record Stage(Instant time, Place place, String device, boolean late) {
        static Stage at(Instant time, Place place, String device) {
            return new Stage(time, place, device, false);
        }
    }

    record Basket(Goods goods, long quantity) {}

    /** @param name begins every document id */
    Script(String name) {
        this.prefix = name + "-";
    }

    /** All of them, those that came late at the end. */
    List<Scene> scenes() {
        List<Scene> all = new ArrayList<>(scenes);
        all.addAll(late);
        return all;
    }

    String sale(Stage stage, String channel, List<Basket> baskets, String tender, String customer, boolean handedOver) {
        String id = id("sale");
        RecordSale.Builder sale = RecordSale.newBuilder()
                .setDocumentId(id)
                .setOccasion(occasion(stage))
                .setChannel(channel)
                .setLocation(stage.place.code())
                .setRegister(stage.device)
                .setCurrency(CURRENCY)
                .setCustomerReference(customer)
                .setGoodsHandedOver(handedOver);
        BigDecimal sum = BigDecimal.ZERO;
        for (Basket basket : baskets) {
            BigDecimal amount = basket.goods
                    .price()
                    .multiply(BigDecimal.valueOf(basket.quantity, 3))
                    .setScale(2, RoundingMode.HALF_UP);
            sum = sum.add(amount);
            ItemRef.Builder item = handedOver
                    ? ItemRef.newBuilder().setBarcode(basket.goods.barcode())
                    : ItemRef.newBuilder().setSku(basket.goods.sku());
            sale.addLines(SaleLine.newBuilder()
                    .setItem(item)
                    .setQuantity(Goods.quantity(basket.quantity))
                    .setUnitPrice(basket.goods.price().toPlainString())
                    .setTax(vatIn(amount)));
        }
        sale.addTenders(Tender.newBuilder().setMethod(tender).setAmount(sum.toPlainString()));
        add(stage, Command.newBuilder().setRecordSale(sale), Set.of("order:" + id), Set.of());
        return id;
    }

    String reserve(Stage stage, String channel, List<Basket> baskets, long secondsToLive) {
        String id = id("reservation");
        ReserveStock.Builder reserve = ReserveStock.newBuilder()
                .setDocumentId(id)
                .setOccasion(occasion(stage))
                .setChannel(channel)
                .setLocation(stage.place.code())
                .setTimeToLive(Duration.newBuilder().setSeconds(secondsToLive));
        baskets.forEach(basket -> reserve.addLines(
                ReserveLine.newBuilder().setItem(item(basket.goods)).setQuantity(Goods.quantity(basket.quantity))));
        add(stage, Command.newBuilder().setReserveStock(reserve), Set.of("reservation:" + id), Set.of());
        return id;
    }

    String confirm(Stage stage, String reservation, List<Basket> baskets, String customer) {
        String id = id("order");
        ConfirmReservation.Builder confirm = ConfirmReservation.newBuilder()
                .setDocumentId(id)
                .setOccasion(occasion(stage))
                .setReservationId(reservation)
                .setCurrency(CURRENCY)
                .setCustomerReference(customer);
        baskets.forEach(basket -> confirm.addPrices(ItemPrice.newBuilder()
                .setSku(basket.goods.sku())
                .setUnitPrice(basket.goods.price().toPlainString())));
        add(
                stage,
                Command.newBuilder().setConfirmReservation(confirm),
                Set.of("order:" + id),
                Set.of("reservation:" + reservation));
        return id;
    }

    void release(Stage stage, String reservation) {
        add(
                stage,
                Command.newBuilder()
                        .setReleaseReservation(ReleaseReservation.newBuilder()
                                .setDocumentId(id("release"))
                                .setOccasion(occasion(stage))
                                .setReservationId(reservation)),
                Set.of(),
                Set.of("reservation:" + reservation));
    }

    void receive(Stage stage, String purchaseOrder, List<io.stockledger.v1.ReceiptLine> lines) {
        add(
                stage,
                Command.newBuilder()
                        .setReceiveGoods(ReceiveGoods.newBuilder()
                                .setDocumentId(id("receipt"))
                                .setOccasion(occasion(stage))
                                .setLocation(stage.place.code())
                                .setSupplier("nordlicht-trading")
                                .setPurchaseOrder(purchaseOrder)
                                .setCurrency(CURRENCY)
                                .addAllLines(lines)),
                Set.of(),
                Set.of());
    }

    /** @param sale empty: a blind return */
    void takeBack(Stage stage, String sale, Goods goods, long quantity, String reason, Disposition disposition) {
        add(
                stage,
                Command.newBuilder()
                        .setProcessReturn(ProcessReturn.newBuilder()
                                .setDocumentId(id("return"))
                                .setOccasion(occasion(stage))
                                .setChannel("pos")
                                .setLocation(stage.place.code())
                                .setOrderId(sale)
                                .addLines(ReturnLine.newBuilder()
                                        .setItem(item(goods))
                                        .setQuantity(Goods.quantity(quantity))
                                        .setReason(reason)
                                        .setDisposition(disposition))),
                Set.of(),
                sale.isEmpty() ? Set.of() : Set.of("order:" + sale));
    }

    void transfer(Stage stage, Place to, Map<Goods, Long> quantities) {
        TransferStock.Builder transfer = TransferStock.newBuilder()
                .setDocumentId(id("transfer"))
                .setOccasion(occasion(stage))
                .setFromLocation(stage.place.code())
                .setToLocation(to.code());
        quantities.forEach((goods, quantity) -> transfer.addLines(line(goods, quantity)));
        add(stage, Command.newBuilder().setTransferStock(transfer), Set.of(), Set.of());
    }

    void count(Stage stage, Map<Goods, Long> counted) {
        RecordCount.Builder count = RecordCount.newBuilder()
                .setDocumentId(id("count"))
                .setOccasion(occasion(stage))
                .setLocation(stage.place.code());
        counted.forEach((goods, quantity) ->
                count.addLines(CountLine.newBuilder().setItem(item(goods)).setQuantity(Goods.quantity(quantity))));
        add(stage, Command.newBuilder().setRecordCount(count), Set.of(), Set.of());
    }

    void adjust(Stage stage, AdjustmentReason reason, String note, Goods goods, long quantity) {
        add(
                stage,
                Command.newBuilder()
                        .setAdjustStock(AdjustStock.newBuilder()
                                .setDocumentId(id("adjustment"))
                                .setOccasion(occasion(stage))
                                .setLocation(stage.place.code())
                                .setReason(reason)
                                .setNote(note)
                                .addLines(AdjustmentLine.newBuilder()
                                        .setItem(item(goods))
                                        .setQuantity(Goods.quantity(quantity)))),
                Set.of(),
                Set.of());
    }

    void backToSale(Stage stage, Goods goods, long quantity) {
        add(
                stage,
                Command.newBuilder()
                        .setReclassifyStock(ReclassifyStock.newBuilder()
                                .setDocumentId(id("reclassification"))
                                .setOccasion(occasion(stage))
                                .setLocation(stage.place.code())
                                .setFrom(Disposition.DISPOSITION_QUARANTINE)
                                .setTo(Disposition.DISPOSITION_SELLABLE)
                                .setNote("checked, as new")
                                .addLines(line(goods, quantity))),
                Set.of(),
                Set.of());
    }

    void safetyStock(Stage stage, Goods goods, long quantity) {
        add(
                stage,
                Command.newBuilder()
                        .setSetSafetyStock(SetSafetyStock.newBuilder()
                                .setDocumentId(id("safety-stock"))
                                .setOccasion(occasion(stage))
                                .setSku(goods.sku())
                                .setLocation(stage.place.code())
                                .setQuantity(Goods.quantity(quantity))),
                Set.of(),
                Set.of());
    }

    void protect(Stage stage, String channel, Goods goods, long quantity) {
        add(
                stage,
                Command.newBuilder()
                        .setSetChannelProtection(SetChannelProtection.newBuilder()
                                .setDocumentId(id("protection"))
                                .setOccasion(occasion(stage))
                                .setSku(goods.sku())
                                .setLocation(stage.place.code())
                                .setChannel(channel)
                                .setQuantity(Goods.quantity(quantity))),
                Set.of(),
                Set.of());
    }

    private void add(Stage stage, Command.Builder command, Set<String> touches, Set<String> needs) {
        (stage.late ? late : scenes).add(new Scene(command, new Ordering(touches, needs)));
    }

    private String id(String kind) {
        return prefix + kind + "-" + ++number;
    }

    private static Occasion.Builder occasion(Stage stage) {
        return Occasion.newBuilder()
                .setBusinessTime(Timestamp.newBuilder().setSeconds(stage.time.getEpochSecond()))
                .setDevice(stage.device);
    }

    private static String vatIn(BigDecimal gross) {
        return gross.multiply(VAT).divide(GROSS, 2, RoundingMode.HALF_UP).toPlainString();
    }

    private static ItemRef item(Goods goods) {
        return ItemRef.newBuilder().setSku(goods.sku()).build();
    }

    private static TransferLine line(Goods goods, long quantity) {
        return TransferLine.newBuilder()
                .setItem(item(goods))
                .setQuantity(Goods.quantity(quantity))
                .build();
    }
}
