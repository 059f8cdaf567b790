package io.stockledger.projections.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+2", "+49 30 1", "-1+2", "-", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a"})
    void whatWouldBeginAFormulaIsMarkedAsText(String field) throws IOException {
        assertThat(written(field).replace("\"", "")).startsWith("'" + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "-0.125", "12", "", "Müsli", "a=b", "1-2"})
    void everythingElseIsWrittenAsItIs(String field) throws IOException {
        assertThat(written(field)).isEqualTo(field + ",x\r\n");
    }

    @Test
    void separatorsAndQuotesStandInQuotes() throws IOException {
        assertThat(written("=\"a\",b")).isEqualTo("\"'=\"\"a\"\",b\",x\r\n");
    }

    private static String written(String field) throws IOException {
        StringWriter text = new StringWriter();
        try (SpreadsheetCsv csv = new SpreadsheetCsv(text)) {
            csv.writeRecord(field, "x");
        }
        return text.toString();
    }
}
