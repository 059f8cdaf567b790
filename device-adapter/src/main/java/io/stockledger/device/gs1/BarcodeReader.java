package io.stockledger.device.gs1;

import io.stockledger.device.gs1.ElementString.Outcome;
import io.stockledger.device.gs1.Elements.Element;
import io.stockledger.device.gs1.UnreadableCode.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what a scanner sent for one code into what the code says.
 *
 * <p>With an AIM symbology identifier in front ("]E0", "]C1", …) nothing is guessed. Without one, a number of 8, 12, 13
 * or 14 digits is a GTIN, data with a separator in it or starting with (00), (01), (02) is an element string, and
 * everything else is plain text.
 *
 * <p>Only printable ASCII and the separator pass: full-width digits and other look-alikes are refused.
 */
public final class BarcodeReader {

    /** How a scanner sends UPC-E symbols when it sends no symbology identifier. */
    public enum UpcEForm {
        /** As the 12 digits it stands for, so that no short number is a UPC-E. */
        EXPANDED,
        /** Six to eight digits. Eight digits from 0 or 1 are then UPC-E and not EAN-8. */
        SHORT
    }

    private static final int EAN_13 = 13;
    private static final int EAN_8 = 8;
    private static final int ITF_14 = 14;
    private static final int IDENTIFIER_LENGTH = 3;
    private static final int SHORT_ADD_ON = 2;
    private static final int LONG_ADD_ON = 5;

    /** Begins the second part of a composite symbol; some scanners and GS1's own engine put a bar in front. */
    private static final Pattern COMPOSITE = Pattern.compile("\\|?]e0");

    private final UpcEForm upcE;

    public BarcodeReader(UpcEForm upcE) {
        this.upcE = upcE;
    }

    /** @param frame one scan, without its terminator; characters are bytes */
    public CodeReading read(String frame) {
        if (frame.isEmpty()) {
            return new UnreadableCode(Reason.EMPTY, "code: empty (expected: data)");
        }
        for (int i = 0; i < frame.length(); i++) {
            char character = frame.charAt(i);
            if ((character < ' ' || character > '~') && character != ElementString.SEPARATOR) {
                return new UnreadableCode(
                        Reason.FOREIGN_CHARACTER,
                        "code: " + frame + " (expected: printable ASCII, not the character at " + (i + 1) + ")");
            }
        }
        return frame.charAt(0) == ']' ? identified(frame) : unidentified(frame);
    }

    /** Reads what a person typed: element strings in brackets, or anything that a scanner could have sent. */
    public CodeReading readTyped(String text) {
        return text.startsWith("(") ? ElementString.parseBracketed(text).map(BarcodeReader::named) : read(text);
    }

    private CodeReading identified(String frame) {
        String data = frame.substring(Math.min(IDENTIFIER_LENGTH, frame.length()));
        String symbology = frame.substring(0, frame.length() - data.length());
        return switch (symbology) {
            case "]C1", "]e0", "]d2", "]Q3", "]J1" -> elementString(data);
            case "]E0" -> retailNumber(data, EAN_13);
            case "]E3" -> beforeAddOn(data);
            case "]E4" -> retailNumber(data, EAN_8);
            case "]I0", "]I1" -> retailNumber(data, ITF_14);
            case "]C0", "]A0", "]d0", "]d1", "]Q0", "]Q1", "]J0" -> linkOrText(data);
            default ->
                new UnreadableCode(
                        Reason.UNSUPPORTED_SYMBOLOGY,
                        "symbology: " + symbology + " (expected: an AIM identifier of a GS1 or plain symbol)");
        };
    }

    private CodeReading unidentified(String frame) {
        if (frame.charAt(0) == ElementString.SEPARATOR) {
            return elementString(frame.substring(1));
        }
        if (frame.indexOf(ElementString.SEPARATOR) > 0) {
            return elementString(frame);
        }
        if (!CharacterSet.DIGITS.holdsAll(frame)) {
            return startsElementString(frame) ? elementOrText(frame) : linkOrText(frame);
        }
        return switch (frame.length()) {
            case 6, 7 -> upcE == UpcEForm.SHORT ? shortUpc(frame) : wrongLength(frame);
            case 8 -> upcE == UpcEForm.SHORT && frame.charAt(0) <= '1' ? shortUpc(frame) : retailNumber(frame, EAN_8);
            case 12 -> retailNumber("0" + frame, EAN_13);
            case 13 -> retailNumber(frame, EAN_13);
            case 14 -> retailNumber(frame, ITF_14);
            default -> startsElementString(frame) ? elementString(frame) : wrongLength(frame);
        };
    }

    private static boolean startsElementString(String frame) {
        return frame.length() > ITF_14 && (frame.startsWith("00") || frame.startsWith("01") || frame.startsWith("02"));
    }

    /** Free text may start with the same two digits, so without an identifier only a faultless element string is one. */
    private static CodeReading elementOrText(String frame) {
        return ElementString.parse(frame) instanceof Outcome.Read read ? named(read.elements()) : new PlainText(frame);
    }

    private static CodeReading elementString(String data) {
        return ElementString.parse(data).map(BarcodeReader::named);
    }

    private static CodeReading named(Elements elements) {
        Optional<String> gtin = elements.value("01").or(() -> elements.value("03"));
        if (gtin.isPresent()) {
            return classified(new Gtin(gtin.get()), elements);
        }
        Optional<String> sscc = elements.value("00");
        return sscc.isPresent() ? new LogisticUnit(sscc.get(), elements) : new OtherElements(elements);
    }

    private static CodeReading linkOrText(String data) {
        if (DigitalLink.looksLikeOne(data)) {
            return DigitalLink.parse(data).map(BarcodeReader::named);
        }
        return new PlainText(data);
    }

    private static CodeReading retailNumber(String data, int length) {
        Matcher composite = COMPOSITE.matcher(data);
        boolean hasComposite = composite.find();
        String digits = hasComposite ? data.substring(0, composite.start()) : data;
        if (digits.length() != length) {
            return new UnreadableCode(Reason.WRONG_LENGTH, "number: " + digits + " (expected: " + length + " digits)");
        }
        if (!CharacterSet.DIGITS.holdsAll(digits)) {
            return new UnreadableCode(Reason.FOREIGN_CHARACTER, "number: " + digits + " (expected: digits only)");
        }
        if (!CheckCharacters.endsInCheckDigit(digits)) {
            return new UnreadableCode(
                    Reason.BAD_CHECK_DIGIT,
                    "number: " + digits + " (expected: check digit "
                            + CheckCharacters.digitFor(digits.substring(0, length - 1)) + ")");
        }
        if (digits.chars().allMatch(c -> c == '0')) {
            return new UnreadableCode(Reason.INVALID_VALUE, "number: " + digits + " (expected: not only zeros)");
        }
        Gtin gtin = Gtin.padded(digits);
        return hasComposite ? withComposite(gtin, data.substring(composite.end())) : classified(gtin, Elements.NONE);
    }

    private static CodeReading withComposite(Gtin gtin, String data) {
        Elements own = new Elements(List.of(new Element("01", gtin.fourteenDigits())));
        return ElementString.parseBeside(own, data).map(elements -> classified(gtin, elements));
    }

    /** The add-on is a periodical's issue or a book's price; the goods are those of the number before it. */
    private static CodeReading beforeAddOn(String data) {
        int addOn = data.length() - EAN_13;
        if (addOn != SHORT_ADD_ON && addOn != LONG_ADD_ON) {
            return new UnreadableCode(
                    Reason.WRONG_LENGTH, "number: " + data + " (expected: 13 digits and an add-on of 2 or 5)");
        }
        if (!CharacterSet.DIGITS.holdsAll(data)) {
            return new UnreadableCode(Reason.FOREIGN_CHARACTER, "number: " + data + " (expected: digits only)");
        }
        return retailNumber(data.substring(0, EAN_13), EAN_13);
    }

    private static CodeReading classified(Gtin gtin, Elements elements) {
        return switch (NumberRange.of(gtin)) {
            case GOODS -> new TradeItem(gtin, elements);
            case ONE_COMPANY -> new InStoreItem(gtin.asRegistered(), elements);
            case COUPON_OR_RECEIPT ->
                new UnreadableCode(Reason.NOT_GOODS, "number: " + gtin + " (expected: goods, not a coupon or receipt)");
        };
    }

    private static CodeReading shortUpc(String digits) {
        return UpcE.expand(digits)
                .map(twelve -> retailNumber("0" + twelve, EAN_13))
                .orElseGet(() -> new UnreadableCode(
                        Reason.BAD_CHECK_DIGIT, "number: " + digits + " (expected: a UPC-E number)"));
    }

    private static CodeReading wrongLength(String digits) {
        return new UnreadableCode(Reason.WRONG_LENGTH, "number: " + digits + " (expected: 8, 12, 13 or 14 digits)");
    }
}
