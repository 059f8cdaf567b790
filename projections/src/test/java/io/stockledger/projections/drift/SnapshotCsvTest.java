package io.stockledger.projections.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.projections.csv.StrictText;
import io.stockledger.quantity.Unit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotCsvTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    private static final Map<String, Unit> UNITS = Map.of("cup", Unit.PIECE, "pot", Unit.PIECE, "tea", Unit.KILOGRAM);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location,sku,quantity\nberlin,\"tea, green; loose\",12\n",
                "location;sku;quantity\r\nberlin;\"tea, green; loose\";12\r\n",
                "location\tsku\tquantity\rberlin\t\"tea, green; loose\"\t12\r",
                "location|sku|quantity\nberlin|\"tea, green; loose\"|12\n",
                "sep=;\nlocation;sku;quantity\nberlin;\"tea, green; loose\";12\n",
                "SEP=,\nlocation,sku,quantity\nberlin,\"tea, green; loose\",12\n",
                "sep=\t\n\nlocation\tsku\tquantity\nberlin\t\"tea, green; loose\"\t12\n",
                "\n\"Location\";\"SKU\";\"Quantity\"\n\"berlin\";\"tea, green; loose\";\"12\"\n"
            })
    void whatPartsTheColumnsIsSeenFromTheHeader(String text) throws IOException {
        SnapshotCsv csv = read(text);
        assertThat(csv.errors()).isEmpty();
        assertThat(csv.lines()).containsExactly(new SnapshotLine("berlin", "tea, green; loose", new BigDecimal("12")));
    }

    @Test
    void linesAreCountedAsAnEditorCountsThem() throws IOException {
        assertThat(errors("sep=;\nlocation;sku;quantity\nberlin;cup;12\nberlin;pot;1,5\n"))
                .singleElement()
                .asString()
                .startsWith("4 quantity '1,5' (expected: a number such as 12 or -3.5, with a point");
        assertThat(errors("location:sku:quantity\nberlin:cup:12\n"))
                .first()
                .asString()
                .startsWith(
                        "1  column 'location:sku:quantity' (expected: location, sku and quantity with commas or semico");
        assertThat(errors("location,sku,quantity\nberlin,cup,1,5\n"))
                .containsExactly("2  4 fields (expected: 3, as in the header; a number has no comma)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E+01",
                "1e1",
                "10.",
                ".5",
                "+5",
                "5-",
                "--5",
                "-",
                "",
                "1.234.567",
                "1'000",
                "1 000",
                "１２",
                "१२",
                "0x10",
                "NaN",
                "12 ",
                "12.1234",
                "1000000000000"
            })
    void aQuantityIsWrittenInOneWay(String quantity) throws IOException {
        assertThat(errors("location,sku,quantity\nberlin,cup,1\nberlin,tea," + quantity + "\n"))
                .singleElement()
                .asString()
                .startsWith("3 quantity '" + quantity + "' (expected: a number such as 12 or -3.5");
    }

    @ParameterizedTest
    @CsvSource({"12,12", "-3.5,-3.5", "007,7", "12.5000,12.5", "0,0", "999999999999.999,999999999999.999"})
    void aQuantityIsAPlainNumber(String quantity, BigDecimal read) throws IOException {
        SnapshotCsv csv = read("location,sku,quantity\nberlin,tea," + quantity + "\n");
        assertThat(csv.errors()).isEmpty();
        assertThat(csv.lines().get(0).quantity()).isEqualByComparingTo(read);
    }

    @Test
    void piecesAreWhole() throws IOException {
        assertThat(wrong("berlin,cup,1.234\nberlin,tea,1.234\nberlin,none,1.234\nberlin,pot,2.000\nhall,cup,0.5\n"))
                .containsExactly(
                        "2 quantity '1.234' (expected: a whole number, as item 'cup' is counted in pieces; a thousand is"
                                + " written 1000)",
                        "6 quantity '0.5' (expected: a whole number, as item 'cup' is counted in pieces; a thousand is"
                                + " written 1000)");
    }

    @Test
    void aThousandThatIsWrittenWithAPointIsNotTakenForOne() throws IOException {
        assertThat(wrong("berlin,cup,12\nberlin,pot,1.000\nberlin,tea,1.000\n"))
                .containsExactly(
                        "3 quantity '1.000' (expected: without decimals, as line 2 has it: one could not tell one"
                                + " from a thousand)");
        // Many ERPs write three decimals, whatever the item.
        assertThat(wrong("berlin,cup,12.000\nberlin,pot,1.000\nhall,cup,0\n")).isEmpty();
        assertThat(wrong("berlin,cup,12\nberlin,pot,1.0\n")).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreToldWithTheirLine() throws IOException {
        byte[] file = "location,sku,quantity\nberlin,Cup,x\nberlin,Müsli,1\n".getBytes(Charset.forName("windows-1252"));
        SnapshotCsv csv =
                SnapshotCsv.read(new StrictText(new ByteArrayInputStream(file), StandardCharsets.UTF_8), MIDNIGHT);
        assertThat(told(csv.errors())).hasSize(2).first().asString().startsWith("2 quantity 'x'");
        assertThat(told(csv.errors()).get(1)).startsWith("3  byte 0xFC (expected: text in UTF-8, or");
    }

    @Test
    void aFileThatIsNoTextFromItsFirstByteIsToldSo() throws IOException {
        byte[] file = "\uFEFFlocation\tsku".getBytes(StandardCharsets.UTF_16LE);
        SnapshotCsv csv =
                SnapshotCsv.read(new StrictText(new ByteArrayInputStream(file), StandardCharsets.UTF_8), MIDNIGHT);
        assertThat(told(csv.errors())).singleElement().asString().startsWith("1  byte 0xFF");
    }

    private static List<String> wrong(String lines) throws IOException {
        SnapshotCsv csv = read("location,sku,quantity\n" + lines);
        assertThat(csv.errors()).isEmpty();
        return told(new SnapshotUnits(csv).wrong(UNITS));
    }

    private static List<String> errors(String text) throws IOException {
        return told(read(text).errors());
    }

    private static List<String> told(List<LineError> errors) {
        return errors.stream()
                .map(error -> error.line() + " " + error.field() + " " + error.message())
                .toList();
    }

    private static SnapshotCsv read(String text) throws IOException {
        return SnapshotCsv.read(new StringReader(text), MIDNIGHT);
    }
}
