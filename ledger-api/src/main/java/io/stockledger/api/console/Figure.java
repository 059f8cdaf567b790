package io.stockledger.api.console;

import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockLevels;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A number in a table.
 *
 * @param tone how it is shown: {@code zero}, {@code low}, {@code below} or nothing
 */
record Figure(String text, String tone) {

    static Figure of(Quantity quantity) {
        return new Figure(text(quantity), quantity.isNegative() ? "below" : quantity.isZero() ? "zero" : "");
    }

    /** A number that should be zero. */
    static Figure alarm(long count) {
        return new Figure(Long.toString(count), count > 0 ? "below" : "zero");
    }

    /** What may still be promised: zero is worth a look, below zero needs one. */
    static Figure available(Quantity quantity) {
        return new Figure(text(quantity), quantity.isNegative() ? "below" : quantity.isZero() ? "low" : "");
    }

    /** A change, for example {@code +3} or {@code −2}. */
    static String signed(BigDecimal change) {
        String amount = change.abs().stripTrailingZeros().toPlainString();
        return change.signum() == 0 ? "0" : (change.signum() > 0 ? "+" : "−") + amount;
    }

    /** What is at a location beside what is sellable there, for example {@code 3 quarantine, 2 damaged}; empty for nothing. */
    static String otherwise(StockLevels levels) {
        return Arrays.stream(Bucket.values())
                .filter(bucket -> bucket.isOnHand() && bucket != Bucket.SELLABLE)
                .filter(bucket -> !levels.in(bucket).isZero())
                .map(bucket -> text(levels.in(bucket)) + " " + bucket.code().replace('-', ' '))
                .collect(Collectors.joining(", "));
    }

    /** Pieces go without saying. */
    static String text(Quantity quantity) {
        return quantity.unit() == Unit.PIECE ? quantity.number() : quantity.toString();
    }
}
