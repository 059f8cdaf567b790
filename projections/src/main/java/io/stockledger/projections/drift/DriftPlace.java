package io.stockledger.projections.drift;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the next page of a report goes on: after a line, in the report as it was at a position, so that what is told
 * meanwhile moves no line to another page.
 *
 * @param difference of the line, without its sign
 */
public record DriftPlace(long position, BigDecimal difference, String location, String sku) {

    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,18}) ([0-9]{1,15}(?:\\.[0-9]{1,3})?) ([^ ]{1,40}) (.{1,128})");

    static DriftPlace after(DriftLine line, long position) {
        return new DriftPlace(position, line.difference().abs(), line.location(), line.sku());
    }

    /** @throws IllegalArgumentException when it is not as {@link #text} writes it */
    public static DriftPlace of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "place: '" + text + "' (expected: position, difference, location and SKU)");
        }
        return new DriftPlace(
                Long.parseLong(parts.group(1)), new BigDecimal(parts.group(2)), parts.group(3), parts.group(4));
    }

    public String text() {
        return position + " " + difference.toPlainString() + " " + location + " " + sku;
    }
}
