package io.stockledger.quantity;

import java.util.Arrays;

/** What a quantity is counted or weighed in. The code is what facts store; it never changes. */
public enum Unit {
    PIECE("piece", 0),
    KILOGRAM("kg", 3),
    LITRE("l", 3),
    METRE("m", 3);

    private final String code;
    private final int decimals;

    Unit(String code, int decimals) {
        this.code = code;
        this.decimals = decimals;
    }

    public String code() {
        return code;
    }

    /** How many decimals a quantity of this unit may have. */
    public int decimals() {
        return decimals;
    }

    /** @throws IllegalArgumentException when no unit has this code */
    public static Unit ofCode(String code) {
        for (Unit unit : values()) {
            if (unit.code.equals(code)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("unit: '" + code + "' (expected: one of "
                + Arrays.stream(values()).map(Unit::code).toList() + ")");
    }
}
