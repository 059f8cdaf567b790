package io.stockledger.api.importer;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

/** What each column's values may be. Digits are those of ASCII: others look alike and would make other invoices. */
final class ColumnValues {

    private static final Pattern INVOICE = Pattern.compile("[AC]?[0-9]{1,32}");
    private static final Pattern CODE = Pattern.compile("[ -~]{1,64}");
    private static final Pattern CUSTOMER = Pattern.compile("(?<number>[0-9]{0,64})(\\.0)?");
    /** With a price of as many digits it makes an amount that the ledger takes. */
    private static final Pattern QUANTITY = Pattern.compile("-?0*[1-9][0-9]{0,8}");

    private static final Pattern PRICE = Pattern.compile("-?0*[0-9]{1,9}(\\.[0-9]{1,6})?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm[:ss]").withResolverStyle(ResolverStyle.STRICT);
    /** The data set begins in 2009; what claims to be older is a slip of the pen. */
    private static final LocalDateTime EARLIEST = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final int AFTER_DATE = 10;

    private ColumnValues() {}

    /** Not what the column holds. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String value, String expected) {
            super("'" + value + "' (expected: " + expected + ")", null, false, false);
        }
    }

    /** @param bytes one char for each byte of the file */
    static String text(String bytes) throws Unfit {
        if (bytes.chars().allMatch(b -> b < 0x80)) {
            return bytes.strip();
        }
        ByteBuffer in = StandardCharsets.ISO_8859_1.encode(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length());
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            throw new Unfit(
                    bytes,
                    String.format(Locale.ROOT, "UTF-8; byte 0x%02X is none", bytes.charAt(in.position()) & 0xFF));
        }
        return out.flip().toString().strip();
    }

    static String invoice(String text) throws Unfit {
        return matching(INVOICE, text, "digits, after a C where it takes back, after an A in the accounts");
    }

    static String code(String text) throws Unfit {
        return matching(CODE, text, "1 to 64 plain characters").toUpperCase(Locale.ROOT);
    }

    /** Programs that know no empty number write {@code 17850.0}. */
    static String customer(String text) throws Unfit {
        return matching(CUSTOMER, text, "digits, or nothing").replace(".0", "");
    }

    static long quantity(String text) throws Unfit {
        return Long.parseLong(matching(QUANTITY, text, "a whole number in at most 9 digits, and not 0"));
    }

    static BigDecimal price(String text) throws Unfit {
        return new BigDecimal(matching(PRICE, text, "for example 2.55, with at most 9 digits and 6 decimals"));
    }

    static LocalDateTime time(String text, Instant now) throws Unfit {
        boolean isoForm = text.length() > AFTER_DATE && text.charAt(AFTER_DATE) == 'T';
        LocalDateTime time;
        try {
            time = LocalDateTime.parse(isoForm ? text.replace('T', ' ') : text, TIME);
        } catch (DateTimeParseException e) {
            throw new Unfit(text, "a time that there was, for example 2010-12-01 08:26:00");
        }
        if (Invoice.SHOP_TIME.getRules().getValidOffsets(time).isEmpty()) {
            throw new Unfit(text, "a time that clocks in " + Invoice.SHOP_TIME + " showed; they went forward");
        }
        if (time.isBefore(EARLIEST)
                || time.atZone(Invoice.SHOP_TIME).toInstant().isAfter(now)) {
            throw new Unfit(text, "from " + EARLIEST.toLocalDate() + " until now");
        }
        return time;
    }

    private static String matching(Pattern pattern, String text, String expected) throws Unfit {
        if (!pattern.matcher(text).matches()) {
            throw new Unfit(text, expected);
        }
        return text;
    }
}
