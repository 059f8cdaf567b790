package io.stockledger.item;

import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.document;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.scanned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goods are registered under codes that a scanner can read, and each code once, whatever its form. */
class BarcodesOfGoodsTest {

    private static final String REAL_CODES = "openfoodfacts-gtin.csv.gz";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4006381333932  | check digit 1",
                "96385075       | check digit 4",
                "036000291453   | check digit 2",
                "14006381333931 | check digit 8",
                "9783161484101  | check digit 0",
                "2112345012507  | check digit 6",
                "0210000000001  | check digit 3",
                "04252614       | 042100005264, which this is short for in UPC-E",
                "01278907       | 012000007897, which this is short for in UPC-E",
                "0000000000000  | a number that is not 0",
                "４００６３８１３３３９３１ | the digits 0 to 9",
                "400638133393١  | the digits 0 to 9",
                "978-3-16-148410-0 | 9783161484100, as it is scanned",
            })
    void aCodeThatNoScannerReadsIsRefusedAndWhatWasExpectedIsNamed(String code, String expected) {
        assertThatThrownBy(() -> register(new Barcode("4006381333931", BigDecimal.ONE), piece(code)))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage(
                        "barcodes[1].code: '%s' (expected: %s; or inHouse, for a number of the house's own)",
                        code, expected);
        assertThatCode(() -> register(new Barcode(code, BigDecimal.ONE, true))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4006381333931",
                "96385074",
                "036000291452",
                "14006381333938",
                // An ISBN-13, and a periodical's number.
                "9783161484100",
                "9771234567003",
                // In-store numbers, the weight set to 0, and one of 8 digits.
                "2112345000008",
                "0212345000007",
                "20123451",
                // Not of a GTIN's length: whatever the house prints.
                "123",
                "1234567",
                "36000291452",
                "3161484100",
                "400638133393200",
                "SHELF-7",
                "ABCDEFGH",
                "4006381-333932",
            })
    void aCodeThatScannersReadIsRegisteredAsItIs(String code) {
        assertThatCode(() -> register(piece(code))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "036000291452, 0036000291452 00036000291452",
        "96385074, 000096385074 0000096385074 00000096385074",
        "9783161484100, 09783161484100",
        "2112345000008, 02112345000008",
    })
    void oneNumberNamesOneItemInEachOfItsForms(String registered, String others) {
        for (String form : others.split(" ", -1)) {
            Scenario known = given(chain()).and(register(piece(registered)));
            known.when(new RegisterItem(
                            document(Kind.INSTRUCTION, "i2"), "honey", "Honey", Unit.PIECE, List.of(piece(form)), null))
                    .thenRefused(new ItemRefusal.BarcodeTaken(form, "jam"));
            known.when(receive("d1", BERLIN, scanned(form, "2"))).thenStock("jam", BERLIN, Bucket.SELLABLE, "2 piece");
            assertThatThrownBy(() -> register(piece(registered), piece(form)))
                    .hasMessage("barcodes: '%s' twice (expected: once)", form);
        }
    }

    @Test
    void realCodesAreRefusedWhereTheirCheckDigitIsWrongAndNowhereElse() throws IOException {
        Map<String, Integer> classes = new TreeMap<>();
        List<String> wronglyJudged = new ArrayList<>();
        try (Stream<String> lines = realCodes()) {
            lines.skip(1).forEach(line -> {
                String code = line.substring(0, line.indexOf(','));
                String declared = line.substring(line.lastIndexOf(',') + 1);
                boolean refused = Gtin.correction(code).isPresent();
                classes.merge(declared + (refused ? " refused" : " registered"), 1, Integer::sum);
                if (refused != declared.equals("badcheck")) {
                    wronglyJudged.add(line);
                }
            });
        }
        System.out.println("Open Food Facts codes as barcodes: " + classes);
        assertThat(wronglyJudged).isEmpty();
        assertThat(classes).containsEntry("badcheck refused", 774);
        assertThat(classes.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(15_000);
    }

    private static Stream<String> realCodes() throws IOException {
        Path file = Path.of(String.valueOf(System.getenv("LEDGER_DATA")), REAL_CODES);
        if (!Files.isReadable(file)) {
            System.err.println("SKIPPED: real product codes; LEDGER_DATA names no folder with " + REAL_CODES);
        }
        assumeTrue(Files.isReadable(file), file + " is not there");
        return new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))
                .lines();
    }

    private static Barcode piece(String code) {
        return new Barcode(code, BigDecimal.ONE);
    }

    private static RegisterItem register(Barcode... barcodes) {
        return new RegisterItem(document(Kind.INSTRUCTION, "i1"), "jam", "Jam", Unit.PIECE, List.of(barcodes), null);
    }
}
