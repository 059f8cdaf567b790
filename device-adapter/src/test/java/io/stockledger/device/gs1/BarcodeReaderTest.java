package io.stockledger.device.gs1;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarcodeReaderTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private final BarcodeReader reader = new BarcodeReader(BarcodeReader.UpcEForm.EXPANDED);
    private final BarcodeReader shortUpcReader = new BarcodeReader(BarcodeReader.UpcEForm.SHORT);

    @ParameterizedTest
    @CsvSource({
        "]E04006381333931, 4006381333931",
        "4006381333931, 4006381333931",
        "036000291452, 0036000291452",
        "]E00036000291452, 0036000291452",
        "]E496385074, 96385074",
        "96385074, 96385074",
        "]I115400141288763, 15400141288763",
        "15400141288763, 15400141288763",
        "00000096385074, 96385074",
        "]C10104006381333931, 4006381333931",
        "]Q1https://id.gs1.org/01/04006381333931, 4006381333931",
        "]E3400638133393105, 4006381333931",
        "]E3978316148410052495, 9783161484100",
    })
    void oneItemHasOneNumberWhicheverSymbolCarriesIt(String frame, String registered) {
        assertThat(reader.read(frame))
                .isInstanceOfSatisfying(
                        TradeItem.class,
                        item -> assertThat(item.gtin().asRegistered()).isEqualTo(registered));
    }

    @ParameterizedTest
    @CsvSource({
        "654321, 0065100004327",
        "04252614, 0042100005264",
        "01278907, 0012000007897",
        "0425261, 0042100005264",
    })
    void aShortUpcIsExpanded(String digits, String registered) {
        assertThat(shortUpcReader.read(digits))
                .isInstanceOfSatisfying(
                        TradeItem.class,
                        item -> assertThat(item.gtin().asRegistered()).isEqualTo(registered));
    }

    @ParameterizedTest
    @ValueSource(strings = {"04252615", "0425261A", "0042526", "12345"})
    void aShortUpcWithAWrongDigitIsRefused(String digits) {
        if (!digits.equals("0042526")) {
            assertThat(shortUpcReader.read(digits)).isNotInstanceOf(TradeItem.class);
        }
        assertThat(reader.read(digits)).isNotInstanceOf(TradeItem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "４006381333931",
                "40063813339٣1",
                "4006381333931\u0000",
                "\u200b4006381333931",
                "4006381333931\u00a0"
            })
    void lookAlikesAreRefused(String frame) {
        assertThat(reader.read(frame))
                .isInstanceOfSatisfying(
                        UnreadableCode.class,
                        code -> assertThat(code.reason()).isEqualTo(UnreadableCode.Reason.FOREIGN_CHARACTER));
    }

    @ParameterizedTest
    @CsvSource({
        "]E0400638133393l, FOREIGN_CHARACTER",
        "]E04O06381333931, FOREIGN_CHARACTER",
        "4006381333932, BAD_CHECK_DIGIT",
        "400638133393, BAD_CHECK_DIGIT",
        "40063813339, WRONG_LENGTH",
        "0000000000000, INVALID_VALUE",
        "]X04006381333931, UNSUPPORTED_SYMBOLOGY",
        "9800000000007, NOT_GOODS",
        "]C18110106141416543213150110120, NOT_GOODS",
        "]C11724123110ABC, MISSING_IDENTIFIER",
        "]C1019506000134352, WRONG_LENGTH",
        "]E34006381333931, WRONG_LENGTH",
        "]E34006381333931050, WRONG_LENGTH",
        "]E340063813339310A, FOREIGN_CHARACTER",
        "]E3400638133393205, BAD_CHECK_DIGIT",
        "]E105, UNSUPPORTED_SYMBOLOGY",
        "]C10109800000000007, NOT_GOODS",
        "]Q1https://example.com/menu, NOT_A_DIGITAL_LINK",
    })
    void aBadCodeIsRefusedWithItsReason(String frame, UnreadableCode.Reason reason) {
        assertThat(reader.read(frame))
                .isInstanceOfSatisfying(
                        UnreadableCode.class, code -> assertThat(code.reason()).isEqualTo(reason));
    }

    @Test
    void lotExpirySerialAndMeasureComeWithTheItem() {
        TradeItem item = (TradeItem) reader.read("]C10199506000134355310300125017270200" + "10LOT-7\u001d21S1");
        assertThat(item.gtin().variableMeasure()).isTrue();
        assertThat(item.elements().metricMeasure()).contains(new BigDecimal("1.250"));
        assertThat(item.elements().expiry(TODAY)).contains(LocalDate.of(2027, 2, 28));
        assertThat(item.elements().lot()).contains("LOT-7");
        assertThat(item.elements().serial()).contains("S1");
    }

    @ParameterizedTest
    @CsvSource({"760101, 2076-01-01", "770101, 1977-01-01", "990101, 1999-01-01", "260000, -", "261200, 2026-12-31"})
    void theCenturyIsTheNearest(String yymmdd, String day) {
        if (!day.equals("-")) {
            assertThat(CalendarDigits.dayOf(yymmdd, TODAY)).isEqualTo(LocalDate.parse(day));
        } else {
            assertThat(CalendarDigits.isShortDay(yymmdd, true)).isFalse();
        }
    }

    @Test
    void aPalletNamesItsContents() {
        LogisticUnit unit = (LogisticUnit) reader.read("]C10010614141123456789702095060001343523712");
        assertThat(unit.sscc()).isEqualTo("106141411234567897");
        assertThat(unit.elements().value("02")).contains("09506000134352");
        assertThat(unit.elements().count()).contains(new BigDecimal("12"));
    }

    @Test
    void anInStoreNumberGivesItsWeightAndTheNumberItIsRegisteredUnder() {
        InStoreItem item = (InStoreItem) reader.read("2112345678900");
        InStoreScheme scheme = new InStoreScheme("21IIIIIWWWWWC", 3, 2);
        InStoreScheme.Parsed parsed = scheme.parse(item).orElseThrow();
        assertThat(parsed.weight()).contains(new BigDecimal("67.890"));
        assertThat(parsed.barcode())
                .isEqualTo("2112345000008")
                .satisfies(code ->
                        assertThat(CheckCharacters.endsInCheckDigit(code)).isTrue());
        assertThat(new InStoreScheme("22IIIIIWWWWWC", 3, 2).parse(item)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "]E02112345012506, 2112345012506, ''",
        "02112345012506, 2112345012506, ''",
        "]E420123451, 20123451, ''",
        "0000020123451, 20123451, ''",
        "]E02112345012506]e010L7, 2112345012506, (01)02112345012506(10)L7",
        "]E02112345012506|]e01727123110L7, 2112345012506, (01)02112345012506(17)271231(10)L7",
        "]E420123451]e010L7, 20123451, (01)00000020123451(10)L7",
        "]d2010211234501250610L7, 2112345012506, (01)02112345012506(10)L7",
    })
    void anInStoreNumberIsOneWhicheverSymbolCarriesItAndKeepsWhatStandsBesideIt(
            String frame, String digits, String elements) {
        assertThat(reader.read(frame)).isInstanceOfSatisfying(InStoreItem.class, item -> {
            assertThat(item.digits()).isEqualTo(digits);
            assertThat(item.elements()).hasToString(elements);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "(401)1234, 401, 123",
        "(7023)1234A, 7023, 12A4",
        "(8004)9506000A, 8004, A9506000",
        "(8010)1234, 8010, 12#4",
        "(8013)1987654Ad4X4bL5ttr2310c2K, 8013, 123",
        "(01)04006381333931(8014)1987654Ad4X4bL5ttr2310c2K, 8014, 12",
    })
    void aKeyOfACompanysOwnMakingBeginsWithItsPrefix(String good, String identifier, String bad) {
        assertThat(reader.readTyped(good)).isNotInstanceOf(UnreadableCode.class);
        assertThat(reader.readTyped("(" + identifier + ")" + bad)).isInstanceOf(UnreadableCode.class);
        assertThat(ValueRule.COMPANY_PREFIX.holdsFor(bad)).isFalse();
    }

    @Test
    void whyAKeyWithoutPrefixIsRefusedIsTold() {
        assertThat(reader.readTyped("(401)123"))
                .isEqualTo(new UnreadableCode(
                        UnreadableCode.Reason.INVALID_VALUE,
                        "(401) GINC: 123 (expected: at least 4 characters, the first 4 digits, as a company prefix)"));
    }

    @ParameterizedTest
    @CsvSource({"2875, 9", "14685, 6"})
    void thePriceVerifierIsThatOfTheStandardsExamples(String price, char verifier) {
        assertThat(InStoreScheme.verifierOf(price)).isEqualTo(verifier);
    }

    @Test
    void aPriceThatDoesNotFitItsVerifierIsRefused() {
        InStoreScheme scheme = new InStoreScheme("20IIIIIVPPPPC", 3, 2);
        String good = "2012345" + "9" + "2875";
        String bad = "2012345" + "8" + "2875";
        assertThat(scheme.parse(new InStoreItem(good + CheckCharacters.digitFor(good), Elements.NONE))
                        .orElseThrow()
                        .price())
                .contains(new BigDecimal("28.75"));
        assertThat(scheme.parse(new InStoreItem(bad + CheckCharacters.digitFor(bad), Elements.NONE)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "21IIIII", "21WWWWWWWWWWC", "CIIIIIIIIIII2", "21IIIIIVPPPXC", "21IIIII?WWWWC"})
    void aTemplateThatIsNoneIsRefusedByName(String template) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new InStoreScheme(template, 3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 8 or 13 places");
    }

    @Test
    void everyIdentifierOfTheTableIsReachableAndNoneBeginsAnother() {
        assertThat(ApplicationIdentifiers.TABLE.all()).hasSizeGreaterThan(500);
        assertThat(ApplicationIdentifiers.TABLE.all()).allSatisfy(identifier -> {
            assertThat(ApplicationIdentifiers.TABLE.startingAt(identifier.code() + "x", 0))
                    .isSameAs(identifier);
            assertThat(identifier.longest()).isBetween(1, 90);
        });
    }
}
