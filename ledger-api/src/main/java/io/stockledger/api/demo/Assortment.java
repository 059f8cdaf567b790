package io.stockledger.api.demo;

import io.stockledger.v1.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Some three hundred items of a shop for the home, the same ones every time. */
final class Assortment {

    /** Of which there are few, and which everybody wants. */
    static final String LIMITED = "LTD-RECORD-PLAYER";

    private static final long SEED = 7;
    /** Popularity falls with the rank; this keeps the first few from selling all. */
    private static final double HEAD = 12;

    private static final String[] COLOURS = {"white", "black", "navy", "sage", "terracotta"};
    private static final String[] SIZES = {"S", "M", "L", "XL"};

    private final List<Goods> goods = new ArrayList<>();
    private final List<Integer> ranks = new ArrayList<>();
    private int number;

    private Assortment() {
        for (int i = 0; i < 400; i++) {
            ranks.add(i);
        }
        Collections.shuffle(ranks, new Random(SEED));
    }

    static List<Goods> all() {
        Assortment assortment = new Assortment();
        assortment.fill();
        return List.copyOf(assortment.goods);
    }

    private void fill() {
        for (String kind : List.of("T-shirt", "Sweatshirt", "Pyjama top", "Apron")) {
            variants(kind, COLOURS, SIZES, price(kind));
        }
        for (String kind : List.of(
                "Stoneware mug",
                "Dinner plate",
                "Soup bowl",
                "Linen cushion",
                "Bath towel",
                "Scented candle",
                "Storage basket",
                "Glass vase",
                "Table lamp",
                "Umbrella",
                "Rucksack",
                "Wool blanket")) {
            variants(kind, COLOURS, new String[] {"small", "large"}, price(kind));
        }
        for (String kind : List.of("Notebook dotted", "Notebook lined", "Fountain pen", "Sketch pad")) {
            variants(kind, COLOURS, new String[] {"A5", "A4"}, price(kind));
        }
        for (String kind : List.of("Kite", "Jigsaw", "Wooden train", "Card game", "Yo-yo", "Spinning top")) {
            variants(kind, new String[] {"circus", "forest", "ocean"}, new String[] {""}, price(kind));
        }
        for (String kind : List.of("Chocolate", "Shortbread", "Herbal tea", "Olive oil", "Jam", "Honey")) {
            food(kind, new String[] {"orange", "vanilla", "plain"});
        }
        for (String kind : List.of("Coffee beans", "Almonds", "Pasta", "Mountain cheese", "Olives")) {
            weighed(kind, new String[] {"mild", "classic"});
        }
        add(LIMITED, "Record player, limited edition", Unit.UNIT_PIECE, new BigDecimal("249.00"), false, 0);
    }

    private void variants(String kind, String[] firsts, String[] seconds, BigDecimal price) {
        for (String first : firsts) {
            for (String second : seconds) {
                String name = (kind + " " + first + " " + second).strip();
                add(sku(name), name, Unit.UNIT_PIECE, price, false, popularity());
            }
        }
    }

    private void food(String kind, String[] kinds) {
        for (String sort : kinds) {
            String name = kind + " " + sort;
            add(sku(name), name, Unit.UNIT_PIECE, price(kind), true, 2 * popularity());
        }
    }

    private void weighed(String kind, String[] kinds) {
        for (String sort : kinds) {
            String name = kind + " " + sort + ", loose";
            add(sku(name), name, Unit.UNIT_KG, price(kind), true, 2 * popularity());
        }
    }

    private void add(String sku, String name, Unit unit, BigDecimal price, boolean perishable, double popularity) {
        number++;
        boolean pieces = unit == Unit.UNIT_PIECE;
        goods.add(new Goods(
                sku,
                name,
                unit,
                price,
                ean13("2900000" + String.format(Locale.ROOT, "%05d", number)),
                pieces ? ean13("2910000" + String.format(Locale.ROOT, "%05d", number)) : "",
                popularity,
                perishable));
    }

    private double popularity() {
        return 1 / (HEAD + ranks.get(number));
    }

    /** Between 2 and 49, ending in .90 or .50; the same for the same kind. */
    private static BigDecimal price(String kind) {
        int hash = Math.floorMod(kind.hashCode(), 48);
        return BigDecimal.valueOf(2 + hash).add(new BigDecimal(hash % 2 == 0 ? "0.90" : "0.50"));
    }

    private static String sku(String name) {
        return name.replace(", loose", "").toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "-");
    }

    /** GS1 General Specifications, 7.9: weights 1 and 3 in turn, the sum filled up to a multiple of ten. */
    static String ean13(String twelveDigits) {
        int sum = 0;
        for (int i = 0; i < twelveDigits.length(); i++) {
            sum += (twelveDigits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return twelveDigits + (10 - sum % 10) % 10;
    }
}
