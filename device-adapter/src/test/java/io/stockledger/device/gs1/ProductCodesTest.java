package io.stockledger.device.gs1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.validator.routines.checkdigit.EAN13CheckDigit;
import org.junit.jupiter.api.Test;

/** Real product codes are classified as an independent library does it. */
class ProductCodesTest {

    private final BarcodeReader reader = new BarcodeReader(BarcodeReader.UpcEForm.EXPANDED);

    @Test
    void agreesWithCommonsValidatorOnEveryRealProductCode() throws IOException {
        Map<String, Integer> classes = new TreeMap<>();
        List<String> disagreements = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(RealData.open("openfoodfacts-gtin.csv.gz"), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String code = line.substring(0, line.indexOf(','));
                String declared = line.substring(line.lastIndexOf(',') + 1);
                String ours = classOf(reader.read(code));
                classes.merge(declared + " / " + ours, 1, Integer::sum);
                if (!ours.equals(classByLibrary(code)) || !fits(declared, ours)) {
                    disagreements.add(
                            code + " is " + declared + ", ours " + ours + ", library " + classByLibrary(code));
                }
            }
        }
        System.out.println("Open Food Facts codes, declared / read: " + classes);
        assertThat(disagreements).isEmpty();
        assertThat(classes.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(15_000);
    }

    private static String classOf(CodeReading reading) {
        if (reading instanceof TradeItem) {
            return "valid";
        }
        if (reading instanceof InStoreItem) {
            return "restricted";
        }
        return reading instanceof UnreadableCode unreadable
                ? unreadable.reason().name()
                : "other";
    }

    /** EAN13CheckDigit reads any length from the right, as the standard does. */
    private static String classByLibrary(String code) {
        if (!List.of(8, 12, 13, 14).contains(code.length())) {
            return "WRONG_LENGTH";
        }
        if (!EAN13CheckDigit.EAN13_CHECK_DIGIT.isValid(code)) {
            return code.chars().allMatch(c -> c == '0') ? "INVALID_VALUE" : "BAD_CHECK_DIGIT";
        }
        String thirteen = code.length() == 12 ? "0" + code : code;
        if (thirteen.matches("(02|04|2)\\d{11,12}") || thirteen.matches("[02]\\d{7}")) {
            return "restricted";
        }
        return thirteen.length() == 13 && thirteen.matches("(05|98|99).*") ? "NOT_GOODS" : "valid";
    }

    private static boolean fits(String declared, String ours) {
        return switch (declared) {
            case "ok" -> List.of("valid", "restricted", "NOT_GOODS").contains(ours);
            case "badcheck" -> ours.equals("BAD_CHECK_DIGIT") || ours.equals("INVALID_VALUE");
            case "restricted" -> ours.equals("restricted");
            default -> declared.startsWith("len") && ours.equals("WRONG_LENGTH");
        };
    }
}
