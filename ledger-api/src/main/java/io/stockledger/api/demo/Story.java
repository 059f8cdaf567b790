package io.stockledger.api.demo;

import io.stockledger.api.demo.Script.Basket;
import io.stockledger.api.demo.Script.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Makes up the week, moment by moment, so that what is sold is there and what comes back was sold. The same week and
 * seed give the same story.
 */
final class Story {

    private static final int SUNDAY = 6;
    private static final int SATURDAY = 5;
    private static final int TILLS = 3;
    private static final int OPENS = 9 * 3600 + 1800;
    private static final int OPEN_SECONDS = 10 * 3600 + 1800;
    /** When the ERP takes its snapshot on Sunday; nothing happens after it. */
    static final int DUSK = 22 * 3600;

    /** The till that had no network for a day. */
    static final Place OFFLINE_SHOP = Place.HAMBURG;

    static final int OFFLINE_TILL = 2;
    static final int OFFLINE_DAY = 2;

    private final Week week;
    private final String name;
    private final Random random;
    private final List<Goods> assortment = Assortment.all();
    private final Shelves shelves = new Shelves();
    private final Script script;
    private final List<Sold> sold = new ArrayList<>();
    private final List<Sold> soldOffline = new ArrayList<>();
    private final BackOffice backOffice;
    private final Webshop webshop;

    private record Moment(int second, Runnable happens) {}

    Story(Week week, long seed) {
        this.week = week;
        this.random = new Random(seed);
        this.name = "demo-" + week + "-" + seed;
        this.script = new Script(name);
        this.backOffice = new BackOffice(assortment, shelves, script, random);
        this.webshop = new Webshop(assortment, shelves, script, random, sold);
        tell();
    }

    /** Begins the ids of all its documents; another week or seed has another. */
    String name() {
        return name;
    }

    List<Goods> assortment() {
        return assortment;
    }

    List<Scene> scenes() {
        return script.scenes();
    }

    /** What is there when the week is over. */
    Shelves shelves() {
        return shelves;
    }

    /** What the offline till sold. */
    List<Sold> soldOffline() {
        return soldOffline;
    }

    private void tell() {
        backOffice.open(week);
        for (int day = 0; day <= SUNDAY; day++) {
            List<Moment> moments = new ArrayList<>();
            int today = day;
            backOffice.plan(week, today, (second, happens) -> moments.add(new Moment(second, happens)));
            webshop.plan(week, today, (second, happens) -> moments.add(new Moment(second, happens)));
            if (day < SUNDAY) {
                Place.shops().forEach(shop -> planShop(shop, today, moments));
            }
            moments.sort(Comparator.comparingInt(Moment::second));
            moments.forEach(moment -> moment.happens.run());
        }
    }

    private void planShop(Place shop, int day, List<Moment> moments) {
        int customers = (day == SATURDAY ? 260 : 170) + random.nextInt(30);
        for (int i = 0; i < customers; i++) {
            // Two draws make the middle of the day the busiest.
            int second = OPENS + (random.nextInt(OPEN_SECONDS) + random.nextInt(OPEN_SECONDS)) / 2;
            int till = 1 + random.nextInt(TILLS);
            moments.add(new Moment(second, () -> ringUp(shop, day, second, till)));
        }
        for (int i = 0; day > 0 && i < 8; i++) {
            int second = OPENS + random.nextInt(OPEN_SECONDS);
            moments.add(new Moment(second, () -> backOffice.takeBack(week, shop, day, second, sold)));
        }
    }

    private void ringUp(Place shop, int day, int second, int till) {
        boolean offline = shop == OFFLINE_SHOP && till == OFFLINE_TILL && day == OFFLINE_DAY;
        List<Basket> baskets = baskets(shop);
        if (baskets.isEmpty()) {
            return;
        }
        Stage stage = new Stage(week.at(day, second), shop, shop.till(till), offline);
        String tender = random.nextInt(3) == 0 ? "cash" : "card";
        String sale = script.sale(stage, "pos", baskets, tender, "", true);
        for (Basket basket : baskets) {
            shelves.take(shop, basket.goods().sku(), basket.quantity());
            (offline ? soldOffline : sold).add(new Sold(sale, basket.goods(), basket.quantity()));
        }
    }

    private List<Basket> baskets(Place shop) {
        int lines = 1 + Math.min(random.nextInt(5), random.nextInt(5));
        List<Basket> baskets = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            Goods goods = Goods.pick(assortment, random);
            long quantity = goods.portion(random);
            boolean chosen = baskets.stream().anyMatch(basket -> basket.goods().equals(goods));
            // Once in a while the shelf holds one that the books don't know of.
            boolean there = shelves.sellable(shop, goods.sku()) >= quantity || random.nextInt(400) == 0;
            if (there && !chosen) {
                baskets.add(new Basket(goods, quantity));
            }
        }
        return baskets;
    }
}
