package io.stockledger.device.gs1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the content of a part must obey beyond its characters and length, under the name the table uses. */
enum ValueRule {
    CHECK_DIGIT(CheckCharacters::endsInCheckDigit, "a correct check digit"),
    CHECK_PAIR(CheckCharacters::endsInCheckPair, "a correct check character pair"),
    /** A key of its own making begins with the prefix that GS1 gave the company; none is shorter than four digits. */
    COMPANY_PREFIX(
            text -> text.length() >= 4 && CharacterSet.DIGITS.holdsAll(text.substring(0, 4)),
            "at least 4 characters, the first 4 digits, as a company prefix"),
    HAS_LETTER(text -> !CharacterSet.DIGITS.holdsAll(text), "at least one character that is no digit"),
    DAY(text -> CalendarDigits.isShortDay(text, false), "a day as yymmdd"),
    DAY_OR_MONTH(text -> CalendarDigits.isShortDay(text, true), "a day as yymmdd, 00 for the end of the month"),
    LONG_DAY(text -> CalendarDigits.isLongDay(text, false), "a day as yyyymmdd"),
    LONG_DAY_OR_MONTH(text -> CalendarDigits.isLongDay(text, true), "a day as yyyymmdd, 00 for an unknown day"),
    HOUR_MINUTE(text -> text.length() == 4 && upTo(23, text.substring(0, 2)) && upTo(59, text.substring(2)), "hhmm"),
    HOUR(text -> text.length() == 2 && upTo(23, text), "an hour, 00 to 23"),
    MINUTE(text -> text.length() == 2 && upTo(59, text), "a minute, 00 to 59"),
    SECOND(text -> text.length() == 2 && upTo(59, text), "a second, 00 to 59"),
    COUNTRY(text -> CodeLists.COUNTRY.contains(text), "an ISO 3166 numeric country"),
    COUNTRY_OR_999(text -> text.equals("999") || CodeLists.COUNTRY.contains(text), "a numeric country or 999"),
    COUNTRY_LETTERS(Set.of(Locale.getISOCountries())::contains, "an ISO 3166 country of two letters"),
    CURRENCY(text -> CodeLists.CURRENCY.contains(text), "an ISO 4217 numeric currency"),
    PACKAGE_TYPE(text -> CodeLists.PACKAGE_TYPE.contains(text), "a package type code"),
    LATITUDE(text -> text.length() == 10 && upTo(1_800_000_000L, text), "a latitude, 0 to 180 degrees north of a pole"),
    LONGITUDE(text -> text.length() == 10 && upTo(3_600_000_000L, text), "a longitude, 0 to 360 degrees"),
    YES_OR_NO(text -> text.equals("0") || text.equals("1"), "0 or 1"),
    WINDING(text -> text.equals("0") || text.equals("1") || text.equals("9"), "a winding direction 0, 1 or 9"),
    SEX(Set.of("0", "1", "2", "9")::contains, "an ISO 5218 code"),
    MEDIA_TYPE(
            text -> text.length() == 2 && upTo(99, text) && (within(1, 10, text) || within(80, 99, text)),
            "a media type 01 to 10 or 80 to 99"),
    HYPHEN(text -> !text.isEmpty() && text.chars().allMatch(c -> c == '-'), "a hyphen"),
    IMPORTER_INDEX(
            text -> text.length() == 1 && CharacterSet.BASE64URL.indexOf(text.charAt(0)) >= 0,
            "one base64url character"),
    PERCENT_ENCODED(ValueRule::isPercentEncoded, "only complete percent sequences"),
    PLACE_OF_TOTAL(ValueRule::isPlaceOfTotal, "a place no further than its total, as 2/3"),
    PIECE_OF_TOTAL(ValueRule::isPieceOfTotal, "a piece from 1 to its total, both of the same width"),
    ZERO(text -> !text.isEmpty() && text.chars().allMatch(c -> c == '0'), "0"),
    NOT_ZERO(text -> CharacterSet.DIGITS.holdsAll(text) && text.chars().anyMatch(c -> c != '0'), "a number above 0"),
    NO_LEADING_ZERO(
            text -> CharacterSet.DIGITS.holdsAll(text) && !text.startsWith("0"), "a number without leading zero"),
    IBAN(ValueRule::isIban, "an IBAN"),
    /** Offers on paper coupons are money, not goods; the adapter never reads them as a scan of stock. */
    COUPON(text -> false, "no coupon: coupons are not goods");

    private static final Map<String, ValueRule> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ValueRule::tableName, Function.identity()));

    // Every one is a pure function; the type cannot say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Predicate<String> holds;

    private final String expected;

    ValueRule(Predicate<String> holds, String expected) {
        this.holds = holds;
        this.expected = expected;
    }

    static ValueRule named(String name) {
        ValueRule rule = BY_NAME.get(name);
        if (rule == null) {
            throw new IllegalArgumentException("rule: " + name + " (expected: one of " + BY_NAME.keySet() + ")");
        }
        return rule;
    }

    String tableName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean holdsFor(String text) {
        return holds.test(text);
    }

    String expected() {
        return expected;
    }

    private static boolean upTo(long greatest, String digits) {
        return CharacterSet.DIGITS.holdsAll(digits) && Long.parseLong(digits) <= greatest;
    }

    private static boolean within(int least, int greatest, String digits) {
        return upTo(greatest, digits) && Integer.parseInt(digits) >= least;
    }

    private static boolean isPercentEncoded(String text) {
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
            if (at + 2 >= text.length()
                    || Character.digit(text.charAt(at + 1), 16) < 0
                    || Character.digit(text.charAt(at + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlaceOfTotal(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            return false;
        }
        String place = text.substring(0, slash);
        String total = text.substring(slash + 1);
        return isPositive(place) && isPositive(total) && compareDigits(place, total) <= 0;
    }

    private static boolean isPositive(String digits) {
        return !digits.isEmpty() && CharacterSet.DIGITS.holdsAll(digits) && digits.charAt(0) != '0';
    }

    private static boolean isPieceOfTotal(String text) {
        int half = text.length() / 2;
        String piece = text.substring(0, half);
        String total = text.substring(half);
        return half > 0
                && piece.length() == total.length()
                && NOT_ZERO.holdsFor(piece)
                && NOT_ZERO.holdsFor(total)
                && piece.compareTo(total) <= 0;
    }

    private static int compareDigits(String left, String right) {
        int byLength = Integer.compare(left.length(), right.length());
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static boolean isIban(String text) {
        if (text.length() <= 10 || text.length() > 34 || !COUNTRY_LETTERS.holdsFor(text.substring(0, 2))) {
            return false;
        }
        int remainder = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt((i + 4) % text.length());
            int value = CharacterSet.PART_NUMBER.indexOf(character) - CharacterSet.PART_NUMBER.indexOf('0');
            if (value < 0) {
                return false;
            }
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
        }
        return remainder == 1;
    }
}
