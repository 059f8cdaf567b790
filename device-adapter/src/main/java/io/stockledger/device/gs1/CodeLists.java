package io.stockledger.device.gs1;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lists of countries, currencies and package types, from {@code code-lists.txt}. */
final class CodeLists {

    private static final Map<String, Set<String>> LISTS = read();

    static final Set<String> COUNTRY = list("country");
    static final Set<String> CURRENCY = list("currency");
    static final Set<String> PACKAGE_TYPE = list("package-type");

    private CodeLists() {}

    private static Set<String> list(String name) {
        Set<String> list = LISTS.get(name);
        if (list == null) {
            throw new IllegalStateException("code-lists.txt: no list " + name + " (has: " + LISTS.keySet() + ")");
        }
        return Set.copyOf(list);
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> lists = new LinkedHashMap<>();
        for (String line : TableFile.lines("code-lists.txt")) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            lists.computeIfAbsent(words.get(0), name -> new LinkedHashSet<>()).addAll(words.subList(1, words.size()));
        }
        return lists;
    }
}
