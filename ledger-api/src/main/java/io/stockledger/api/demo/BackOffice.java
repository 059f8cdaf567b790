package io.stockledger.api.demo;

import io.stockledger.api.demo.Script.Stage;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.Unit;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Deliveries, transfers, counts, returns and what breaks. */
final class BackOffice {

    private static final int DAWN = 5 * 3600;
    private static final int CLOSING = 20 * 3600 + 1800;
    private static final int DELIVERY_DAY = 3;
    private static final int POLICY_ITEMS = 30;
    private static final int PROTECTED_ITEMS = 20;
    private static final long LIMITED_PIECES = 24;
    private static final String SCANNER = "leipzig-dc-scanner-1";
    private static final String[] RETURN_REASONS = {"did not fit", "did not like it", "faulty", "wrong item", "gift"};

    private final List<Goods> assortment;
    private final Shelves shelves;
    private final Script script;
    private final Random random;
    private final List<InQuarantine> quarantine = new ArrayList<>();

    private record InQuarantine(Place place, Goods goods, long quantity) {}

    BackOffice(List<Goods> assortment, Shelves shelves, Script script, Random random) {
        this.assortment = assortment;
        this.shelves = shelves;
        this.script = script;
        this.random = random;
    }

    /** Monday before anybody comes: the shelves are filled and the rules for them set. */
    void open(Week week) {
        Instant dawn = week.at(0, DAWN);
        deliver(Stage.at(dawn, Place.WAREHOUSE, SCANNER), "PO-1001", week, 6);
        Place.shops().forEach(shop -> deliver(Stage.at(dawn, shop, shop.code() + "-scanner-1"), "PO-1001", week, 1));
        List<Goods> sellers = assortment.stream()
                .filter(goods -> goods.unit() == Unit.UNIT_PIECE && goods.popularity() > 0)
                .sorted((a, b) -> Double.compare(b.popularity(), a.popularity()))
                .limit(POLICY_ITEMS)
                .toList();
        Stage office = Stage.at(dawn.plusSeconds(1800), Place.WAREHOUSE, "office");
        for (Goods goods : sellers) {
            script.safetyStock(office, goods, 10 * Goods.WHOLE);
            shelves.keepBack(Place.WAREHOUSE, goods.sku(), 10 * Goods.WHOLE);
        }
        for (Goods goods : sellers.subList(0, PROTECTED_ITEMS)) {
            script.protect(office, "marketplace", goods, 15 * Goods.WHOLE);
            shelves.keepBack(Place.WAREHOUSE, goods.sku(), 15 * Goods.WHOLE);
        }
    }

    void plan(Week week, int day, Moments moments) {
        if (day == DELIVERY_DAY) {
            moments.at(DAWN, () -> deliver(Stage.at(week.at(day, DAWN), Place.WAREHOUSE, SCANNER), "PO-1002", week, 2));
        }
        if (day % 2 == 1) {
            Place.shops().forEach(shop -> moments.at(DAWN + 3600, () -> replenish(week, day, shop)));
        }
        moments.at(DAWN + 7200, () -> checkQuarantine(week.at(day, DAWN + 7200)));
        Place counted = day == 1 ? Place.MUNICH : day == 3 ? Place.COLOGNE : day == 4 ? Place.BERLIN : null;
        if (counted != null) {
            moments.at(CLOSING, () -> count(Stage.at(week.at(day, CLOSING), counted, counted.code() + "-scanner-1")));
        }
        if (day < 6) {
            for (Place shop : Place.shops()) {
                int second = DAWN + 3 * 3600 + random.nextInt(10 * 3600);
                moments.at(second, () -> mishap(Stage.at(week.at(day, second), shop, shop.till(1))));
            }
        }
    }

    /** Somebody brings something back, to any shop, bought anywhere. */
    void takeBack(Week week, Place shop, int day, int second, List<Sold> sold) {
        Stage stage = Stage.at(week.at(day, second), shop, shop.till(1));
        String reason = RETURN_REASONS[random.nextInt(RETURN_REASONS.length)];
        boolean blind = random.nextInt(40) == 0;
        int chosen = random.nextInt(Math.max(1, sold.size()));
        if (sold.isEmpty() || sold.get(chosen).goods().perishable()) {
            return;
        }
        Sold bought = sold.remove(chosen);
        int dice = random.nextInt(20);
        Disposition disposition = dice < 12
                ? Disposition.DISPOSITION_SELLABLE
                : dice < 17 ? Disposition.DISPOSITION_QUARANTINE : Disposition.DISPOSITION_DAMAGED;
        script.takeBack(stage, blind ? "" : bought.sale(), bought.goods(), bought.quantity(), reason, disposition);
        if (disposition == Disposition.DISPOSITION_SELLABLE) {
            shelves.add(shop, bought.goods().sku(), bought.quantity());
        } else {
            shelves.addSetAside(shop, bought.goods().sku(), bought.quantity());
        }
        if (disposition == Disposition.DISPOSITION_QUARANTINE) {
            quarantine.add(new InQuarantine(shop, bought.goods(), bought.quantity()));
        }
    }

    private void deliver(Stage stage, String order, Week week, int times) {
        List<ReceiptLine> lines = new ArrayList<>();
        for (Goods goods : assortment) {
            long base = 20 + Math.round(goods.popularity() * 900) + random.nextInt(8);
            long quantity = Goods.WHOLE * base * times;
            if (goods.sku().equals(Assortment.LIMITED)) {
                if (stage.place() != Place.WAREHOUSE || !order.equals("PO-1001")) {
                    continue;
                }
                quantity = Goods.WHOLE * LIMITED_PIECES;
            }
            ReceiptLine.Builder line = ReceiptLine.newBuilder()
                    .setItem(ItemRef.newBuilder().setSku(goods.sku()))
                    .setQuantity(Goods.quantity(quantity))
                    .setUnitCost(goods.price()
                            .multiply(new java.math.BigDecimal("0.42"))
                            .setScale(2, RoundingMode.HALF_UP)
                            .toPlainString());
            if (goods.perishable()) {
                line.setLot("L" + week + "-" + (1 + random.nextInt(3)))
                        .setExpiry(
                                week.monday().plusDays(60 + random.nextInt(200)).toString());
            }
            lines.add(line.build());
            shelves.add(stage.place(), goods.sku(), quantity);
        }
        script.receive(stage, order, lines);
    }

    private void replenish(Week week, int day, Place shop) {
        Map<Goods, Long> wanted = new LinkedHashMap<>();
        for (Goods goods : assortment) {
            long enough = Goods.WHOLE * (10 + Math.round(goods.popularity() * 400));
            long there = shelves.sellable(shop, goods.sku());
            boolean spare = shelves.available(Place.WAREHOUSE, goods.sku()) > 4 * enough;
            if (there < enough && spare && goods.popularity() > 0) {
                wanted.put(goods, enough);
            }
        }
        if (!wanted.isEmpty()) {
            script.transfer(Stage.at(week.at(day, DAWN + 3600), Place.WAREHOUSE, SCANNER), shop, wanted);
            wanted.forEach((goods, quantity) -> {
                shelves.take(Place.WAREHOUSE, goods.sku(), quantity);
                shelves.add(shop, goods.sku(), quantity);
            });
        }
    }

    /** Most of what was put aside turns out to be as new. */
    private void checkQuarantine(Instant time) {
        List<InQuarantine> waiting = List.copyOf(quarantine);
        quarantine.clear();
        for (InQuarantine aside : waiting) {
            if (random.nextInt(3) > 0) {
                Stage stage = Stage.at(time, aside.place, aside.place.code() + "-office");
                script.backToSale(stage, aside.goods, aside.quantity);
                shelves.addSetAside(aside.place, aside.goods.sku(), -aside.quantity);
                shelves.add(aside.place, aside.goods.sku(), aside.quantity);
            }
        }
    }

    private void count(Stage stage) {
        Map<Goods, Long> counted = new LinkedHashMap<>();
        for (int i = 0; i < 25; i++) {
            Goods goods = assortment.get(random.nextInt(assortment.size()));
            long there = shelves.sellable(stage.place(), goods.sku());
            if (goods.unit() != Unit.UNIT_PIECE || there < 5 * Goods.WHOLE || counted.containsKey(goods)) {
                continue;
            }
            int dice = random.nextInt(10);
            long seen = there + Goods.WHOLE * (dice < 6 ? 0 : dice < 9 ? -1 - random.nextInt(2) : 1);
            counted.put(goods, seen);
            shelves.add(stage.place(), goods.sku(), seen - there);
        }
        script.count(stage, counted);
    }

    private void mishap(Stage stage) {
        Goods goods = assortment.get(random.nextInt(assortment.size()));
        if (shelves.sellable(stage.place(), goods.sku()) < 5 * Goods.WHOLE) {
            return;
        }
        int dice = random.nextInt(4);
        AdjustmentReason reason = dice == 0
                ? AdjustmentReason.ADJUSTMENT_REASON_OWN_USE
                : dice == 1 ? AdjustmentReason.ADJUSTMENT_REASON_STOLEN : AdjustmentReason.ADJUSTMENT_REASON_DAMAGED;
        String note = dice == 0 ? "for the window" : dice == 1 ? "empty box found" : "fell off the shelf";
        script.adjust(stage, reason, note, goods, -Goods.WHOLE);
        shelves.take(stage.place(), goods.sku(), Goods.WHOLE);
    }
}
