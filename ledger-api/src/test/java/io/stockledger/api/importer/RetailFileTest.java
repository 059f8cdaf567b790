package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.Row.Malformed;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetailFileTest {

    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private static final String GOOD = "536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n";

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aLineHasItsCodeTrimmedAndInUpperCase() throws IOException {
        assertThat(rows(HEADER + "536365, 15056bl ,\"SET, OF \"\"2\"\"\",6,2010-12-01 08:26:00,2.55,17850,UK\n"))
                .containsExactly(new InvoiceLine(
                        2,
                        "536365",
                        "15056BL",
                        "SET, OF \"2\"",
                        6,
                        LocalDateTime.of(2010, 12, 1, 8, 26),
                        new BigDecimal("2.55"),
                        "17850"));
    }

    @Test
    void aQuoteThatIsNeverClosedCostsItsOwnLineAlone() throws IOException {
        List<Row> rows = rows(HEADER + GOOD + "1,2,\"never closed,6,2010-12-01 08:26:00,2.55,17850,UK\n" + GOOD + GOOD
                + GOOD + GOOD + GOOD + GOOD);

        assertThat(rows).hasSize(8);
        assertThat(rows.get(1)).isInstanceOf(Malformed.class);
        assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rows.stream().filter(InvoiceLine.class::isInstance)).hasSize(7);
    }

    @Test
    void twoQuotesThatAreNeverClosedCostNoLineBetweenThem() throws IOException {
        String open = "1,2,\"never closed,6,2010-12-01 08:26:00,2.55,17850,UK\n";
        List<Row> rows = rows(HEADER + open + GOOD + open + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 3, 4, 5);
        assertThat(rows.stream().filter(InvoiceLine.class::isInstance)).hasSize(2);
    }

    @Test
    void anInchMarkInAnUnquotedFieldIsNoQuote() throws IOException {
        String inch = "1,2,12\" PLATE,6,2010-12-01 08:26:00,2.55,17850,UK\n";
        List<Row> rows = rows(HEADER + inch + GOOD + inch + GOOD);

        assertThat(rows).hasSize(4).allMatch(InvoiceLine.class::isInstance);
        assertThat(((InvoiceLine) rows.get(0)).description()).isEqualTo("12\" PLATE");
    }

    @Test
    void aQuotedFieldMayHoldALineBreak() throws IOException {
        List<Row> rows = rows(HEADER + "1,2,\"two\nlines\",6,2010-12-01 08:26:00,2.55,17850,UK\n" + GOOD);

        assertThat(rows).extracting(Row::line).containsExactly(2, 4);
        assertThat(((InvoiceLine) rows.get(0)).description()).isEqualTo("two\nlines");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1,2,x,six,2010-12-01 08:26:00,2.55,1,UK    | Quantity: 'six'
                    1,2,x,0,2010-12-01 08:26:00,2.55,1,UK      | Quantity: '0'
                    1,2,x,1.5,2010-12-01 08:26:00,2.55,1,UK    | Quantity: '1.5'
                    1,2,x,1e999999999,2010-12-01 08:26:00,1,1,UK | Quantity: '1e999999999'
                    1,2,x,1,01/12/2010,2.55,1,UK               | InvoiceDate: '01/12/2010'
                    1,2,x,1,2010-13-01 08:26:00,2.55,1,UK      | InvoiceDate: '2010-13-01 08:26:00'
                    1,2,x,1,2010-12-01 08:26:00,abc,1,UK       | UnitPrice: 'abc'
                    1,2,x,1,2010-12-01 08:26:00,1.23456789,1,UK | UnitPrice: '1.23456789'
                    1,2,x,NaN,2010-12-01 08:26:00,2.55,1,UK    | Quantity: 'NaN'
                    1,2,x,1E+01,2010-12-01 08:26:00,2.55,1,UK  | Quantity: '1E+01'
                    1,2,x,10.,2010-12-01 08:26:00,2.55,1,UK    | Quantity: '10.'
                    1,2,x,+5,2010-12-01 08:26:00,2.55,1,UK     | Quantity: '+5'
                    1,2,x,００,2010-12-01 08:26:00,2.55,1,UK    | Quantity: '００'
                    1,2,x,５,2010-12-01 08:26:00,2.55,1,UK     | Quantity: '５'
                    1,2,x,1000000000,2010-12-01 08:26:00,1,1,UK | Quantity: '1000000000'
                    C1,2,x,5,2010-12-01 08:26:00,2.55,1,UK     | Quantity: '5' (expected: below 0
                    C1,POST,x,5,2010-12-01 08:26:00,2.55,1,UK  | Quantity: '5' (expected: below 0
                    1,2,x,-5,2010-12-01 08:26:00,2.55,1,UK     | Quantity: '-5' (expected: above 0
                    1,2,x,1,2011-02-30 08:26:00,2.55,1,UK      | InvoiceDate: '2011-02-30 08:26:00'
                    1,2,x,1,2010-12-01 24:00:00,2.55,1,UK      | InvoiceDate: '2010-12-01 24:00:00'
                    1,2,x,1,2011-03-27 01:30:00,2.55,1,UK      | InvoiceDate: '2011-03-27 01:30:00' (expected: a time that clocks
                    1,2,x,1,２０10-12-01 08:26:00,2.55,1,UK     | InvoiceDate: '２０10-12-01 08:26:00'
                    1,2,x,1,2111-12-01 08:26:00,2.55,1,UK      | InvoiceDate: '2111-12-01 08:26:00' (expected: from 2000-01-01 until now)
                    1,2,x,1,2026-03-01 08:01:00,2.55,1,UK      | InvoiceDate: '2026-03-01 08:01:00' (expected: from 2000-01-01 until now)
                    1,2,x,1,0010-12-01 08:26:00,2.55,1,UK      | InvoiceDate: '0010-12-01 08:26:00'
                    1,2,x,1,2010-12-0108:26:00,2.55,1,UK       | InvoiceDate: '2010-12-0108:26:00'
                    1,2,x,1,2010-12-01 08:26:00,-2.55,1,UK     | UnitPrice: '-2.55' (expected: 0 or more)
                    C1,2,x,-1,2010-12-01 08:26:00,-2.55,1,UK   | UnitPrice: '-2.55' (expected: 0 or more)
                    1,POST,x,1,2010-12-01 08:26:00,-2.55,1,UK  | UnitPrice: '-2.55' (expected: 0 or more)
                    1,2,x,1,2010-12-01 08:26:00,２.55,1,UK      | UnitPrice: '２.55'
                    1,2,x,1,2010-12-01 08:26:00,.5,1,UK        | UnitPrice: '.5'
                    1,2,x,1,2010-12-01 08:26:00,1e2,1,UK       | UnitPrice: '1e2'
                    1,2,x,1,2010-12-01 08:26:00,1000000000,1,UK | UnitPrice: '1000000000'
                    1,2,x,1,2010-12-01 08:26:00,2.55,１,UK      | CustomerID: '１'
                    1,2,x,1,2010-12-01 08:26:00,2.55,nan,UK    | CustomerID: 'nan'
                    1,2Ａ,x,1,2010-12-01 08:26:00,2.55,1,UK     | StockCode: '2Ａ'
                    1,,x,1,2010-12-01 08:26:00,2.55,1,UK       | StockCode: ''
                    ,2,x,1,2010-12-01 08:26:00,2.55,1,UK       | InvoiceNo: ''
                    １,2,x,1,2010-12-01 08:26:00,2.55,1,UK      | InvoiceNo: '１'
                    c1,2,x,-1,2010-12-01 08:26:00,2.55,1,UK    | InvoiceNo: 'c1'
                    1-2,2,x,1,2010-12-01 08:26:00,2.55,1,UK    | InvoiceNo: '1-2'
                    Total,,,1,,,,                              | InvoiceNo: 'Total'
                    1,2,x,1,2010-12-01 08:26:00,2.55           | 6 fields (expected: 8)
                    1,2,x,1,2010-12-01 08:26:00,2.55,1,UK,more | 9 fields (expected: 8)
                    """)
    void aMalformedLineIsToldByNumberWithWhatIsWrong(String line, String message) throws IOException {
        List<Row> rows = rows(HEADER + GOOD + line.strip() + "\n" + GOOD);

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1)).isInstanceOfSatisfying(Malformed.class, malformed -> {
            assertThat(malformed.line()).isEqualTo(3);
            assertThat(malformed.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void aByteThatIsNotUtf8IsToldByLineAndColumn(int column) throws IOException {
        List<String> fields = new ArrayList<>(List.of(GOOD.strip().split(",")));
        fields.set(column, "CAFÉ");
        Path file = folder.resolve("latin-1.csv");
        Files.writeString(file, HEADER + GOOD + String.join(",", fields) + "\n" + GOOD, StandardCharsets.ISO_8859_1);

        assertThat(read(file).get(1)).isInstanceOfSatisfying(Malformed.class, malformed -> {
            assertThat(malformed.line()).isEqualTo(3);
            assertThat(malformed.message())
                    .isEqualTo(HEADER.strip().split(",", -1)[column] + ": 'CAFÉ' (expected: UTF-8; byte 0xC9 is none)");
            assertThat(malformed.withKnownAmounts()).isPresent();
        });
    }

    @Test
    void accountsMayHoldWhatInvoicesMayNot() throws IOException {
        assertThat(rows(HEADER + "A563186,B,Adjust bad debt,1,2010-12-01 12:00:00,-11062.06,,UK\n"))
                .singleElement()
                .isInstanceOf(InvoiceLine.class);
    }

    @Test
    void aCustomerMayBeWrittenAsADecimalNumber() throws IOException {
        assertThat(rows(HEADER + GOOD.replace("17850", "17850.0"))).isEqualTo(rows(HEADER + GOOD));
    }

    @Test
    void aLineWithoutAnythingIsOfNoInvoice() throws IOException {
        assertThat(rows(HEADER + GOOD + "\n,,,,,,,\n" + GOOD))
                .extracting(row -> row.getClass().getSimpleName())
                .containsExactly("InvoiceLine", "Blank", "Blank", "InvoiceLine");
    }

    @Test
    void aByteOrderMarkAndAnotherOrderOfColumnsAreNoHindrance() throws IOException {
        List<Row> rows = rows("""
                \uFEFFQuantity,InvoiceNo,StockCode,Description,InvoiceDate,UnitPrice,CustomerID
                6,536365,85123A,HOLDER,2010-12-01 08:26,2.55,
                """);

        assertThat(rows).singleElement().isInstanceOfSatisfying(InvoiceLine.class, line -> {
            assertThat(line.quantity()).isEqualTo(6);
            assertThat(line.customer()).isEmpty();
        });
    }

    @Test
    void aGzippedFileReadsTheSame() throws IOException {
        Path file = folder.resolve("gzipped");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((HEADER + GOOD).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(file)).isEqualTo(rows(HEADER + GOOD));
    }

    @Test
    void aFileOfOtherColumnsIsNoSuchFile() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n"))
                .isInstanceOf(FileRefused.class)
                .hasMessageContaining("InvoiceNo");
        assertThatThrownBy(() -> rows(HEADER.replace(',', ';'))).hasMessageContaining("with commas between them");
        assertThatThrownBy(() -> rows("Quantity," + HEADER)).hasMessageContaining("each once");
        assertThatThrownBy(() -> rows("")).isInstanceOf(FileRefused.class);
        assertThatThrownBy(() -> read(folder)).isInstanceOf(FileRefused.class);
    }

    private List<Row> rows(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("invoices.csv"), text);
        return read(file);
    }

    private static List<Row> read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (RetailFile lines = RetailFile.open(file, NOW)) {
            for (Row row = lines.next(); row != null; row = lines.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
