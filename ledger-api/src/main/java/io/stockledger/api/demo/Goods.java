package io.stockledger.api.demo;

import io.stockledger.v1.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/**
 * One item of the assortment. Quantities here are in thousandths of the unit, so that a piece is 1,000.
 *
 * @param barcode an EAN-13 of the range 20 to 29, which is for use within one company
 * @param caseBarcode stands for a case of {@link #PIECES_PER_CASE}; empty for weighed goods
 * @param popularity how often it is bought, relative to others
 */
record Goods(
        String sku,
        String name,
        Unit unit,
        BigDecimal price,
        String barcode,
        String caseBarcode,
        double popularity,
        boolean perishable) {

    static final int PIECES_PER_CASE = 12;
    static final long WHOLE = 1_000;
    private static final int LEAST_GRAMS = 100;
    private static final int GRAM_STEPS = 200;
    private static final int GRAMS_PER_STEP = 5;

    /** What one customer takes of it. */
    long portion(Random random) {
        if (unit == Unit.UNIT_KG) {
            return LEAST_GRAMS + (long) random.nextInt(GRAM_STEPS) * GRAMS_PER_STEP;
        }
        int dice = random.nextInt(20);
        return WHOLE * (dice < 15 ? 1 : dice < 18 ? 2 : 3 + random.nextInt(3));
    }

    static String quantity(long thousandths) {
        BigDecimal amount = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
        return (amount.scale() < 0 ? amount.setScale(0) : amount).toPlainString();
    }

    /** Picks by popularity. */
    static Goods pick(List<Goods> goods, Random random) {
        double sum = goods.stream().mapToDouble(Goods::popularity).sum();
        double point = random.nextDouble() * sum;
        for (Goods item : goods) {
            point -= item.popularity;
            if (point < 0) {
                return item;
            }
        }
        return goods.get(goods.size() - 1);
    }
}
