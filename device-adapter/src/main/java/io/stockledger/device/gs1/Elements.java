package io.stockledger.device.gs1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The element strings of one code, in the order in which they were read, each correct in itself and all together. */
public record Elements(List<Element> inOrder) {

    /** No element strings: the code was a bare number. */
    public static final Elements NONE = new Elements(List.of());

    private static final List<String> EXPIRY_CODES = List.of("17", "7003", "15");

    public Elements {
        inOrder = List.copyOf(inOrder);
    }

    /** One application identifier and its value. */
    public record Element(String code, String value) {}

    /** The value behind an application identifier. */
    public Optional<String> value(String code) {
        return inOrder.stream()
                .filter(element -> element.code().equals(code))
                .map(Element::value)
                .findFirst();
    }

    /** (10). */
    public Optional<String> lot() {
        return value("10");
    }

    /** (21). */
    public Optional<String> serial() {
        return value("21");
    }

    /** The day after which the goods are not to be sold: use by (17), expiry time (7003), else best before (15). */
    public Optional<LocalDate> expiry(LocalDate today) {
        return EXPIRY_CODES.stream()
                .flatMap(code -> value(code).stream())
                .findFirst()
                .map(value -> CalendarDigits.dayOf(value.substring(0, 6), today));
    }

    /** How many pieces are in it: (30) for a variable count, (37) for what a logistic unit contains. */
    public Optional<BigDecimal> count() {
        return value("30").or(() -> value("37")).map(BigDecimal::new);
    }

    /**
     * The measured amount of goods sold by weight, length or volume, in kilograms (310n), metres (311n) or litres
     * (315n). Other units are not converted, because a conversion would have to round.
     */
    public Optional<BigDecimal> metricMeasure() {
        return inOrder.stream()
                .filter(element -> element.code().length() == 4
                        && (element.code().startsWith("310")
                                || element.code().startsWith("311")
                                || element.code().startsWith("315")))
                .findFirst()
                .map(Elements::decimal);
    }

    private static BigDecimal decimal(Element element) {
        int decimals = element.code().charAt(3) - '0';
        return new BigDecimal(new BigInteger(element.value()), decimals);
    }

    /** As printed below a barcode, with parentheses inside values escaped. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Element element : inOrder) {
            text.append('(')
                    .append(element.code())
                    .append(')')
                    .append(element.value().replace("(", "\\("));
        }
        return text.toString();
    }
}
