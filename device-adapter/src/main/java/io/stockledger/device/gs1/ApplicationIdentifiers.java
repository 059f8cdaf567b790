package io.stockledger.device.gs1;

import io.stockledger.device.gs1.ApplicationIdentifier.Need;
import io.stockledger.device.gs1.ApplicationIdentifier.Part;
import io.stockledger.device.gs1.ApplicationIdentifier.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The table of all application identifiers that are understood, from {@code application-identifiers.txt}. */
final class ApplicationIdentifiers {

    static final ApplicationIdentifiers TABLE =
            new ApplicationIdentifiers(TableFile.lines("application-identifiers.txt"));

    private static final int SHORTEST_CODE = 2;
    private static final int LONGEST_CODE = 4;
    private static final int COLUMNS = 7;

    private final Map<String, ApplicationIdentifier> byCode = new LinkedHashMap<>();

    ApplicationIdentifiers(List<String> lines) {
        for (String line : lines) {
            try {
                read(line);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("table of application identifiers: " + line, e);
            }
        }
    }

    Collection<ApplicationIdentifier> all() {
        return byCode.values();
    }

    @Nullable ApplicationIdentifier get(String code) {
        return byCode.get(code);
    }

    /** The identifier that {@code data} starts with at {@code from}; no code is the beginning of another. */
    @Nullable ApplicationIdentifier startingAt(String data, int from) {
        for (int length = SHORTEST_CODE; length <= LONGEST_CODE && from + length <= data.length(); length++) {
            ApplicationIdentifier found = byCode.get(data.substring(from, from + length));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private void read(String line) {
        String[] columns = line.split(";", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(columns.length + " columns (expected: " + COLUMNS + ")");
        }
        List<String> how = words(columns[1]);
        for (String code : codes(columns[0].strip())) {
            byCode.put(
                    code,
                    new ApplicationIdentifier(
                            code,
                            how.contains("fixed"),
                            how.contains("attribute"),
                            how.contains("key"),
                            words(columns[2]).stream()
                                    .map(ApplicationIdentifiers::part)
                                    .toList(),
                            needs(columns[3]),
                            words(columns[4]).stream().map(Pattern::new).toList(),
                            alternatives(columns[5]),
                            columns[6].strip()));
        }
    }

    private static List<String> codes(String range) {
        int dash = range.indexOf('-');
        if (dash < 0) {
            return List.of(range);
        }
        List<String> codes = new ArrayList<>();
        int last = Integer.parseInt(range.substring(dash + 1));
        for (int code = Integer.parseInt(range.substring(0, dash)); code <= last; code++) {
            codes.add(Integer.toString(code));
        }
        return codes;
    }

    private static Part part(String word) {
        String[] pieces = word.split(":", -1);
        Matcher shape = java.util.regex.Pattern.compile("([nxyz])(?:(\\d+)-)?(\\d+)(\\??)")
                .matcher(pieces[0]);
        if (!shape.matches()) {
            throw new IllegalArgumentException("part: " + word + " (expected: like n6, x1-20 or n3?:country)");
        }
        int longest = Integer.parseInt(shape.group(3));
        int shortest = shape.group(2) == null ? longest : Integer.parseInt(shape.group(2));
        return new Part(
                CharacterSet.named(shape.group(1).charAt(0)),
                shortest,
                longest,
                !shape.group(4).isEmpty(),
                Arrays.stream(pieces).skip(1).map(ValueRule::named).toList());
    }

    private static List<Need> needs(String column) {
        List<Need> needs = new ArrayList<>();
        for (String need : column.split("&", -1)) {
            if (!need.isBlank()) {
                List<List<Pattern>> groups = new ArrayList<>();
                for (String group : need.split("\\|", -1)) {
                    groups.add(Arrays.stream(group.strip().split("\\+", -1))
                            .map(Pattern::new)
                            .toList());
                }
                needs.add(new Need(groups));
            }
        }
        return needs;
    }

    private static List<List<String>> alternatives(String column) {
        return column.isBlank()
                ? List.of()
                : Arrays.stream(column.split("\\|", -1))
                        .map(ApplicationIdentifiers::words)
                        .toList();
    }

    private static List<String> words(String column) {
        return column.isBlank() ? List.of() : Arrays.asList(column.strip().split(" +", -1));
    }
}
