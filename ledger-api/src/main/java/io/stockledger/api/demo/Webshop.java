package io.stockledger.api.demo;

import io.stockledger.api.demo.Script.Basket;
import io.stockledger.api.demo.Script.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Orders that come in over the net: most are reserved first and paid soon after; some never are. */
final class Webshop {

    private static final String CHANNEL = "webshop";
    private static final String MARKETPLACE = "marketplace";
    private static final String DEVICE = "webshop-1";
    private static final int ORDERS_A_DAY = 120;
    private static final int MARKETPLACE_ORDERS_A_DAY = 10;
    private static final int MORNING = 6 * 3600;
    private static final int AWAKE_SECONDS = 15 * 3600 + 1800;
    private static final int LIMITED_DAY = 5;
    private static final int LIMITED_SECOND = 10 * 3600;
    private static final int LIMITED_BUYERS = 60;
    private static final long A_MOMENT = 1;
    private static final long A_DAY = 86_400;
    private static final long DAYS = 5 * A_DAY;

    private final List<Goods> assortment;
    private final Shelves shelves;
    private final Script script;
    private final Random random;
    private final List<Sold> sold;

    Webshop(List<Goods> assortment, Shelves shelves, Script script, Random random, List<Sold> sold) {
        this.assortment = assortment;
        this.shelves = shelves;
        this.script = script;
        this.random = random;
        this.sold = sold;
    }

    void plan(Week week, int day, Moments moments) {
        for (int i = 0; i < ORDERS_A_DAY; i++) {
            int second = MORNING + random.nextInt(AWAKE_SECONDS);
            moments.at(second, () -> order(week.at(day, second), day, random.nextInt(100)));
        }
        for (int i = 0; i < MARKETPLACE_ORDERS_A_DAY; i++) {
            int second = MORNING + random.nextInt(AWAKE_SECONDS);
            moments.at(second, () -> sell(week.at(day, second), MARKETPLACE, Place.WAREHOUSE));
        }
        if (day == LIMITED_DAY) {
            for (int i = 0; i < LIMITED_BUYERS; i++) {
                int second = LIMITED_SECOND + 5 * i;
                moments.at(second, () -> buyLimited(week.at(day, second)));
            }
        }
    }

    private void order(Instant time, int day, int dice) {
        if (dice < 18) {
            sell(time, CHANNEL, Place.WAREHOUSE);
        } else if (dice < 75) {
            reserveAndConfirm(time, Place.WAREHOUSE);
        } else if (dice < 82) {
            reserveAndConfirm(
                    time, Place.shops().get(random.nextInt(Place.shops().size())));
        } else if (dice < 90) {
            List<Basket> baskets = baskets(Place.WAREHOUSE);
            if (!baskets.isEmpty()) {
                script.release(
                        stage(time.plusSeconds(300), Place.WAREHOUSE),
                        script.reserve(stage(time, Place.WAREHOUSE), CHANNEL, baskets, A_DAY));
            }
        } else if (dice < 96 || day < LIMITED_DAY) {
            List<Basket> baskets = baskets(Place.WAREHOUSE);
            if (!baskets.isEmpty()) {
                script.reserve(stage(time, Place.WAREHOUSE), CHANNEL, baskets, A_MOMENT);
            }
        } else {
            List<Basket> baskets = baskets(Place.WAREHOUSE);
            if (!baskets.isEmpty()) {
                script.reserve(stage(time, Place.WAREHOUSE), CHANNEL, baskets, DAYS);
                baskets.forEach(basket ->
                        shelves.keepBack(Place.WAREHOUSE, basket.goods().sku(), basket.quantity()));
            }
        }
    }

    private void sell(Instant time, String channel, Place place) {
        List<Basket> baskets = baskets(place);
        if (!baskets.isEmpty()) {
            take(script.sale(stage(time, place), channel, baskets, "card", customer(), false), place, baskets);
        }
    }

    private void reserveAndConfirm(Instant time, Place place) {
        List<Basket> baskets = baskets(place);
        if (baskets.isEmpty()) {
            return;
        }
        String reservation = script.reserve(stage(time, place), CHANNEL, baskets, A_DAY);
        Instant paid = time.plusSeconds(60 + random.nextInt(900));
        take(script.confirm(stage(paid, place), reservation, baskets, customer()), place, baskets);
    }

    /** The last of them are refused: everybody wanted it. */
    private void buyLimited(Instant time) {
        Goods limited = assortment.stream()
                .filter(goods -> goods.sku().equals(Assortment.LIMITED))
                .findFirst()
                .orElseThrow();
        List<Basket> one = List.of(new Basket(limited, Goods.WHOLE));
        boolean there = shelves.available(Place.WAREHOUSE, limited.sku()) >= Goods.WHOLE;
        String sale = script.sale(stage(time, Place.WAREHOUSE), CHANNEL, one, "card", customer(), false);
        if (there) {
            take(sale, Place.WAREHOUSE, one);
        }
    }

    private List<Basket> baskets(Place place) {
        List<Basket> baskets = new ArrayList<>();
        int lines = 1 + random.nextInt(3);
        for (int i = 0; i < lines; i++) {
            Goods goods = Goods.pick(assortment, random);
            long quantity = goods.portion(random);
            boolean chosen = baskets.stream().anyMatch(basket -> basket.goods().equals(goods));
            // Reservations that are about to lapse still count for a moment.
            if (!chosen && shelves.available(place, goods.sku()) >= 4 * quantity) {
                baskets.add(new Basket(goods, quantity));
            }
        }
        return baskets;
    }

    private void take(String sale, Place place, List<Basket> baskets) {
        for (Basket basket : baskets) {
            shelves.take(place, basket.goods().sku(), basket.quantity());
            sold.add(new Sold(sale, basket.goods(), basket.quantity()));
        }
    }

    private String customer() {
        return "customer-" + (1_000 + random.nextInt(4_000));
    }

    private static Stage stage(Instant time, Place place) {
        return Stage.at(time, place, DEVICE);
    }
}
