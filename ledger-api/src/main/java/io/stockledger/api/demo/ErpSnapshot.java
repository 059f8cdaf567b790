package io.stockledger.api.demo;

import io.stockledger.api.demo.Shelves.Spot;
import io.stockledger.projections.csv.SpreadsheetCsv;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What the ERP believes on Sunday evening: the shelves as they are, but for what went wrong. It has not heard of the
 * offline till's sales; a delivery was booked twice, some receipts are missing, some counts are off, one item has a
 * code that nobody knows and one line is gone.
 */
final class ErpSnapshot {

    private static final int PLANTED = 24;

    private ErpSnapshot() {}

    /** CSV with the columns location, sku and quantity. */
    static String csv(Story story, long seed) {
        Map<Spot, Long> believed = new TreeMap<>(story.shelves().onHand());
        for (Sold sold : story.soldOffline()) {
            believed.merge(new Spot(Story.OFFLINE_SHOP, sold.goods().sku()), sold.quantity(), Long::sum);
        }
        plant(believed, new Random(seed));
        StringWriter text = new StringWriter();
        try (SpreadsheetCsv csv = new SpreadsheetCsv(text)) {
            csv.writeRecord("location", "sku", "quantity");
            believed.forEach((spot, quantity) ->
                    csv.writeRecord(spot.place().code(), spot.sku(), Goods.quantity(Math.max(0, quantity))));
            csv.writeRecord(Place.WAREHOUSE.code(), "OLD-CODE-4711", "12");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void plant(Map<Spot, Long> believed, Random random) {
        List<Spot> spots = new ArrayList<>(believed.keySet());
        Collections.shuffle(spots, random);
        for (int i = 0; i < PLANTED; i++) {
            Spot spot = spots.get(i);
            switch (i % 4) {
                case 0 -> believed.computeIfPresent(spot, (key, quantity) -> quantity * 2);
                case 1 -> believed.computeIfPresent(spot, (key, quantity) -> quantity + Goods.WHOLE);
                case 2 -> believed.computeIfPresent(spot, (key, quantity) -> quantity - 12 * Goods.WHOLE);
                default -> believed.computeIfPresent(spot, (key, quantity) -> quantity + 48 * Goods.WHOLE);
            }
        }
        believed.remove(spots.get(PLANTED));
    }
}
