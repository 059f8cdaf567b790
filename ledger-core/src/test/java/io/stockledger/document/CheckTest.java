package io.stockledger.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.money.Amounts;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

    @Test
    void anIdentifierIsShortPrintableAndTrimmed() {
        assertThat(Check.identifier("id", "Ä 4711/7@x", 10)).isEqualTo("Ä 4711/7@x");
        refuses(() -> Check.identifier("id", null, 10), "id: missing (expected: 1 to 10 characters)");
        refuses(() -> Check.identifier("id", "", 10), "id: missing (expected: 1 to 10 characters)");
        refuses(() -> Check.identifier("id", "12345678901", 10), "id: 11 characters (expected: 1 to 10)");
        refuses(() -> Check.identifier("id", " a", 10), "id: ' a' (expected: no blank at either end)");
        refuses(() -> Check.identifier("id", "a ", 10), "id: 'a ' (expected: no blank at either end)");
        assertThat(Check.identifier("id", "𠮷野家🍵", 4)).isEqualTo("𠮷野家🍵");
        refuses(() -> Check.identifier("id", "𠮷野家🍵", 3), "id: 4 characters (expected: 1 to 3)");
    }

    @ParameterizedTest
    @CsvSource({
        "000A, LINE FEED (LF)",
        "007F, DELETE",
        "00A0, NO-BREAK SPACE",
        "00AD, SOFT HYPHEN",
        "200B, ZERO WIDTH SPACE",
        "200D, ZERO WIDTH JOINER",
        "2028, LINE SEPARATOR",
        "202E, RIGHT-TO-LEFT OVERRIDE",
        "3000, IDEOGRAPHIC SPACE",
        "D83C, HIGH SURROGATES D83C",
        "FEFF, ZERO WIDTH NO-BREAK SPACE",
        "034F, COMBINING GRAPHEME JOINER",
        "115F, HANGUL CHOSEONG FILLER",
        "180B, MONGOLIAN FREE VARIATION SELECTOR ONE",
        "2800, BRAILLE PATTERN BLANK",
        "3164, HANGUL FILLER",
        "FE0F, VARIATION SELECTOR-16",
        "FFA0, HALFWIDTH HANGUL FILLER",
        "FFFD, REPLACEMENT CHARACTER",
        "FFFF, no character"
    })
    void whatNobodySeesIsInNoIdentifier(String code, String name) {
        String unseen = Character.toString(Integer.parseInt(code, 16));
        for (String value : List.of("a" + unseen + "b", "a" + unseen, unseen)) {
            refuses(
                    () -> Check.identifier("id", value, 10),
                    "id: U+" + code + " (" + name + ") at " + value.indexOf(unseen)
                            + " (expected: printable characters)");
        }
    }

    @Test
    void aNameHasOneSpelling() {
        assertThat(Check.identifier("id", "M\u00fcsli", 10)).isEqualTo("Müsli");
        refuses(
                () -> Check.identifier("id", "Mu\u0308sli", 10),
                "id: 'Mu\u0308sli' is not composed (expected: Unicode NFC, so that a name has one spelling)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Red wine 🍷", "𠮷野家", "👨‍👩‍👧 family pack", "❤️ tea", "می‌خواهم"})
    void whatThingsAreCalledMayBeOfAnyScript(String name) {
        assertThat(Check.name("name", name, 200)).isEqualTo(name);
        refuses(() -> Check.name("name", name + " ", 200), "name: '" + name + " ' (expected: no blank at either end)");
    }

    @Test
    void textForPeopleMayBeAbsentAndHoldsWholeCharacters() {
        assertThat(Check.text("note", null, 10)).isNull();
        assertThat(Check.text("note", "", 10)).isNull();
        assertThat(Check.text("note", "tea \ud83c\udf75\n", 10)).isEqualTo("tea \ud83c\udf75\n");
        refuses(() -> Check.text("note", "12345678901", 10), "note: 11 characters (expected: at most 10)");
        refuses(() -> Check.text("note", "a\0b", 10), "note: a NUL character (expected: text)");
        refuses(() -> Check.text("note", "a\ud83c", 10), "note: half a surrogate pair (expected: text)");
        refuses(
                () -> Check.text("note", "a\u202eb", 10),
                "note: a character that turns the direction of text (expected: text)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E999999999", "1E-999999999", "0.0000001", "1234567890123456789", "1E+18"})
    void aNumberThatTheLedgerDoesNotComputeWithIsRefused(String number) {
        assertThatThrownBy(() -> Check.decimal("quantity", new BigDecimal(number)))
                .isInstanceOf(InvalidCommand.class)
                .hasMessageStartingWith("quantity: more than ");
    }

    @Test
    void zeroIsZeroHoweverManyDecimalsItHas() {
        BigDecimal longZero = new BigDecimal("0E-999999999");

        assertThat(Check.decimal("quantity", longZero)).isEqualTo(BigDecimal.ZERO);
        refuses(() -> Check.positive("quantity", longZero), "quantity: 0 (expected: above 0)");
        refuses(() -> Check.notZero("quantity", longZero), "quantity: 0 (expected: above or below 0)");
    }

    @Test
    void numbersAreOfTheSignThatIsExpected() {
        assertThat(Check.positive("quantity", new BigDecimal("0.000001"))).isEqualTo("0.000001");
        assertThat(Check.decimal("quantity", new BigDecimal("1.5000000000"))).isEqualByComparingTo("1.5");
        refuses(() -> Check.positive("quantity", new BigDecimal("-1")), "quantity: -1 (expected: above 0)");
        refuses(() -> Check.notNegative("quantity", new BigDecimal("-1")), "quantity: -1 (expected: 0 or more)");
        refuses(() -> Check.decimal("quantity", null), "quantity: missing (expected: a decimal number)");
    }

    @Test
    void aCommandHasABoundedNumberOfLines() {
        refuses(() -> Check.lines("lines", List.of()), "lines: none (expected: 1 to 1000)");
        refuses(() -> Check.lines("lines", null), "lines: none (expected: 1 to 1000)");
        refuses(() -> Check.lines("lines", Collections.nCopies(1_001, "x")), "lines: 1001 (expected: at most 1000)");
        assertThat(Check.lines("lines", Collections.nCopies(1_000, "x"))).hasSize(1_000);
    }

    @Test
    void aCodeIsPlain() {
        assertThat(Check.code("channel", "B2B_web-1.x")).isEqualTo("B2B_web-1.x");
        refuses(() -> Check.code("channel", "a@b"), "channel: 'a@b' (expected: letters, digits, '.', '-' and '_')");
        refuses(() -> Check.code("channel", "ａ"), "channel: 'ａ' (expected: letters, digits, '.', '-' and '_')");
    }

    @Test
    void aChoiceNamesWhatThereIsToChoose() {
        assertThat(Check.oneOf("mode", "b", Set.of("a", "b"))).isEqualTo("b");
        refuses(() -> Check.oneOf("mode", "c", Set.of("b", "a")), "mode: 'c' (expected: one of [a, b])");
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidCommand.class).hasMessage(message);
    }

    @Test
    void anEntryThatIsWrongIsNamedWithItsPlace() {
        assertThatThrownBy(() ->
                        Check.each("lines", List.of(3, 0), line -> Check.positive("lines.quantity", decimal(line))))
                .hasMessage("lines[1].quantity: 0 (expected: above 0)");
        assertThatThrownBy(() -> Check.made("refunds", List.of("?"), method -> Check.code("tenders.method", method)))
                .isInstanceOfSatisfying(
                        InvalidCommand.class, wrong -> assertThat(wrong.field()).isEqualTo("refunds[0].method"));
    }

    @Test
    void whatIsWrongWithAllOfThemKeepsItsName() {
        assertThatThrownBy(() -> Check.made(
                        "lines", List.of("9.95"), price -> Amounts.in("").of("lines.unitPrice", new BigDecimal(price))))
                .hasMessage("currency: missing (expected: a currency, as lines.unitPrice is given)");
    }

    private static BigDecimal decimal(int value) {
        return BigDecimal.valueOf(value);
    }
}
