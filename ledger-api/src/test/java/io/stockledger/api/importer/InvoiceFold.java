package io.stockledger.api.importer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * The stock after a file, found without any code of the importer: a regular expression for the fields, one list of
 * changes per SKU, and the lowest point of its running sum as what must have been there before.
 */
final class InvoiceFold {

    private static final Pattern FIELD = Pattern.compile("\\G(?:\"((?:[^\"]|\"\")*)\"|([^,]*))(?:,|$)");
    private static final Pattern MONEY =
            Pattern.compile("POST|DOT|C2|M|D|S|BANK CHARGES|AMAZONFEE|CRUK|PADS|GIFT_0001_\\d+");

    private final Map<String, List<Long>> changes = new TreeMap<>();
    private int lines;
    private int bookkeepingLines;

    static InvoiceFold of(Path file) throws IOException {
        InvoiceFold fold = new InvoiceFold();
        InputStream bytes = Files.newInputStream(file);
        try (BufferedReader text = new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8))) {
            text.lines().skip(1).forEach(fold::add);
        }
        return fold;
    }

    int lines() {
        return lines;
    }

    int bookkeepingLines() {
        return bookkeepingLines;
    }

    Map<String, String> stock() {
        return changes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Long.toString(last(entry.getValue()))));
    }

    private static long last(List<Long> changes) {
        long sum = 0;
        long lowest = 0;
        for (long change : changes) {
            sum += change;
            lowest = Math.min(lowest, sum);
        }
        return sum - lowest;
    }

    private void add(String line) {
        List<String> fields = new ArrayList<>();
        Matcher matcher = FIELD.matcher(line);
        while (fields.size() < 8 && matcher.find()) {
            fields.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        lines++;
        String code = fields.get(1).trim().toUpperCase(Locale.UK);
        if (code.equals("B")) {
            bookkeepingLines++;
        } else if (!MONEY.matcher(code).matches()) {
            long quantity = Long.parseLong(fields.get(3));
            boolean paid = Double.parseDouble(fields.get(5)) > 0;
            boolean cancelled = fields.get(0).startsWith("C");
            boolean boughtBySomebody = !fields.get(6).isEmpty() && quantity > 0;
            long change = paid || cancelled || boughtBySomebody ? -quantity : quantity;
            changes.computeIfAbsent(code, sku -> new ArrayList<>()).add(change);
        }
    }
}
