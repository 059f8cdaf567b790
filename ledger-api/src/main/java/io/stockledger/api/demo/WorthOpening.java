package io.stockledger.api.demo;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what the demo left behind, and where to look at it. */
final class WorthOpening {

    private WorthOpening() {}

    static String text(Demo.Result result, URI rest) {
        String refusals =
                result.refusals().entrySet().stream().map(WorthOpening::counted).collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%n  Demo week %s: %,d documents%s, refused on purpose: %s%n%n",
                result.week(),
                result.documents(),
                result.repeated() == 0 ? "" : String.format(" (%,d of them were there before)", result.repeated()),
                refusals.isEmpty() ? "none" : refusals));
        line(text, rest, "The shelves", "/console/stock?location=" + Place.BERLIN.code());
        line(text, rest, "One item's story", "/console/item?sku=STONEWARE-MUG-SAGE-LARGE");
        line(text, rest, "What everybody wanted", "/console/item?sku=" + Assortment.LIMITED);
        line(text, rest, "Ledger against ERP", "/console/drift/report?id=" + result.snapshot());
        line(text, rest, "The same as JSON", "/v1/availability/items/STONEWARE-MUG-SAGE-LARGE?channel=webshop");
        return text.toString();
    }

    private static void line(StringBuilder text, URI rest, String what, String path) {
        text.append(String.format("    %-28s%s%n", what, rest.resolve(path)));
    }

    private static String counted(Map.Entry<String, Integer> refusal) {
        return refusal.getValue() + " " + refusal.getKey();
    }
}
