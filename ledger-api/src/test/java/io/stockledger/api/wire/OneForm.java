package io.stockledger.api.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds in an answer what is not in the one form that docs/json.md gives: it is held against every answer of the tests. */
public final class OneForm {

    private static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Members that hold one of a fixed set, whoever answers. */
    private static final Set<String> CODES = Set.of(
            "kind",
            "cause",
            "bucket",
            "state",
            "role",
            "roles",
            "disposition",
            "unit",
            "reservationState",
            "command",
            "last_movement_cause",
            "view",
            "from",
            "to");

    private static final Pattern TOGETHER =
            Pattern.compile("-?\\d+(\\.\\d+)? (piece|kg|l|m)|[A-Z]{3} -?\\d+(\\.\\d+)?");

    /** Of a fact as it is stored. */
    private static final String PAYLOAD = "payload";

    private OneForm() {}

    static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** What is wrong with a JSON answer; empty when nothing is. */
    public static List<String> faults(JsonNode answer) {
        List<String> faults = new ArrayList<>();
        add(answer, "", "", false, faults);
        return faults;
    }

    /** The same of a CSV answer with a header. */
    public static List<String> faultsOfCsv(String csv) {
        List<String> faults = new ArrayList<>();
        List<String> lines = csv.lines().toList();
        List<String> names =
                lines.isEmpty() ? List.of() : Arrays.asList(lines.get(0).split(",", -1));
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] cells = line.split(",", -1);
            for (int i = 0; i < cells.length && cells.length == names.size(); i++) {
                addText(cells[i], names.get(i), names.get(i), false, faults);
            }
        }
        return faults;
    }

    private static void add(JsonNode node, String name, String at, boolean stored, List<String> faults) {
        if (node.isString()) {
            addText(node.asString(), name, at, stored, faults);
        }
        node.propertyStream()
                .forEach(member -> add(
                        member.getValue(),
                        member.getKey(),
                        at + "/" + member.getKey(),
                        stored || member.getKey().equals(PAYLOAD),
                        faults));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            add(node.path(i), name, at + "/" + i, stored, faults);
        }
    }

    private static void addText(String text, String name, String at, boolean stored, List<String> faults) {
        if (CODES.contains(name) && !text.isEmpty() && !isCode(text)) {
            faults.add(at + ": '" + text + "' (expected: a code in lower case with dashes)");
        }
        if (!stored && TOGETHER.matcher(text).matches()) {
            faults.add(at + ": '" + text + "' (expected: the number, and what it is measured in beside it)");
        }
    }
}
