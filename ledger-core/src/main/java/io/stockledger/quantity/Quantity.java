package io.stockledger.quantity;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An exact amount of goods in one unit. It never rounds, and adds and compares only within its unit.
 *
 * <p>Invariants: (1) no more decimals than the unit allows; (2) below 10^12 in either direction; (3) equal
 * amounts are equal objects, so 1.50 kg equals 1.5 kg.
 */
public record Quantity(BigDecimal amount, Unit unit) implements Comparable<Quantity> {

    private static final BigDecimal LIMIT = BigDecimal.valueOf(1_000_000_000_000L);
    private static final int MOST_SHARED = 100;
    private static final Map<Unit, List<Quantity>> SHARED = Arrays.stream(Unit.values())
            .collect(Collectors.toMap(
                    unit -> unit,
                    unit -> IntStream.rangeClosed(0, MOST_SHARED)
                            .mapToObj(amount -> of(amount, unit))
                            .toList()));

    private static final Map<Unit, List<String>> SHARED_TEXTS = Arrays.stream(Unit.values())
            .collect(Collectors.toMap(
                    unit -> unit,
                    unit -> IntStream.rangeClosed(0, MOST_SHARED)
                            .mapToObj(amount -> amount + " " + unit.code())
                            .toList()));

    public Quantity {
        amount = canonical(amount);
        if (amount.scale() > unit.decimals()) {
            throw new IllegalArgumentException("quantity: " + amount.toPlainString() + " " + unit.code()
                    + " (expected: at most " + unit.decimals() + " decimals)");
        }
        if (amount.abs().compareTo(LIMIT) >= 0) {
            throw new QuantityOverflow(
                    amount.toPlainString() + " " + unit.code() + " (expected: below " + LIMIT.toPlainString() + ")");
        }
    }

    public static Quantity of(long amount, Unit unit) {
        return new Quantity(BigDecimal.valueOf(amount), unit);
    }

    public static Quantity zero(Unit unit) {
        return shared(0, unit);
    }

    /** Whether the unit can hold the amount exactly and within bounds. */
    public static boolean fits(BigDecimal amount, Unit unit) {
        return canonical(amount).scale() <= unit.decimals() && amount.abs().compareTo(LIMIT) < 0;
    }

    /**
     * Reads the form that {@link #toString} writes, for example {@code "1.25 kg"}.
     *
     * @throws IllegalArgumentException when the text is not an amount, one space and a unit's code
     */
    public static Quantity parse(String text) {
        int space = text.indexOf(' ');
        if (space < 1) {
            throw new IllegalArgumentException("quantity: '" + text + "' (expected: for example '3 piece')");
        }
        return new Quantity(new BigDecimal(text.substring(0, space)), Unit.ofCode(text.substring(space + 1)));
    }

    public Quantity plus(Quantity other) {
        requireSameUnit(other);
        return new Quantity(amount.add(other.amount), unit);
    }

    public Quantity minus(Quantity other) {
        requireSameUnit(other);
        return new Quantity(amount.subtract(other.amount), unit);
    }

    public Quantity negated() {
        return new Quantity(amount.negate(), unit);
    }

    public Quantity min(Quantity other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** This quantity, or zero where it is below zero. */
    public Quantity orZero() {
        return isNegative() ? zero(unit) : this;
    }

    /** An equal quantity, for a small whole number always the same object: who keeps many of them keeps little. */
    public Quantity shared() {
        return isSmallWhole() ? shared(amount.intValue(), unit) : this;
    }

    private boolean isSmallWhole() {
        return amount.scale() == 0
                && amount.signum() >= 0
                && amount.precision() <= 3
                && amount.intValue() <= MOST_SHARED;
    }

    private static Quantity shared(int amount, Unit unit) {
        return Objects.requireNonNull(SHARED.get(unit)).get(amount);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    public boolean isMoreThan(Quantity other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Quantity other) {
        requireSameUnit(other);
        return amount.compareTo(other.amount);
    }

    /** The amount alone, as a plain decimal number. */
    public String number() {
        return amount.toPlainString();
    }

    @Override
    public String toString() {
        return isSmallWhole()
                ? Objects.requireNonNull(SHARED_TEXTS.get(unit)).get(amount.intValue())
                : amount.toPlainString() + " " + unit.code();
    }

    private void requireSameUnit(Quantity other) {
        if (unit != other.unit) {
            throw new IllegalArgumentException("quantity: " + other + " (expected: a quantity in " + unit.code() + ")");
        }
    }

    /** The one form of a number: whole ones have scale 0, others no trailing zeros. Most are whole and cost nothing. */
    public static BigDecimal canonical(BigDecimal amount) {
        if (amount.scale() == 0) {
            // The platform keeps one object for each small number, and most quantities are small.
            return amount.signum() >= 0 && amount.precision() == 1 ? BigDecimal.valueOf(amount.longValue()) : amount;
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
