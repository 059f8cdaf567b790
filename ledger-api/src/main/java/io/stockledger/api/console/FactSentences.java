package io.stockledger.api.console;

import io.stockledger.eventstore.FactJson;
import io.stockledger.quantity.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Says in a sentence what a stored fact tells. Works on the stored form, so that old revisions keep their words. */
final class FactSentences {

    private static final Map<String, Function<JsonNode, String>> SENTENCES = new HashMap<>();

    static {
        SENTENCES.put("stock-moved", FactSentences::moved);
        SENTENCES.put("stock-reserved", fact -> {
            JsonNode hold = fact.path("hold");
            return "Reserved " + quantity(hold.path("quantity")) + at(fact) + " for " + text(hold, "channel")
                    + (hold.has("endsAt") ? until(hold) : " until it is used or released");
        });
        SENTENCES.put(
                "stock-released",
                fact -> "Released " + quantity(fact.path("hold").path("quantity")) + at(fact) + " again");
        SENTENCES.put("reservations-lapsed", fact -> count(fact.path("holds"), "reservation") + " ran out" + at(fact));
        SENTENCES.put(
                "safety-stock-set", fact -> "Safety stock" + at(fact) + " set to " + quantity(fact.path("quantity")));
        SENTENCES.put(
                "channel-protection-set",
                fact -> "Kept " + quantity(fact.path("quantity")) + at(fact) + " for " + text(fact, "channel"));
        SENTENCES.put("first-stocked", fact -> "First stocked" + at(fact));
        SENTENCES.put(
                "command-refused",
                fact -> "Refused: "
                        + FactJson.refusal(fact.path("refusal").toString()).message());
        SENTENCES.put(
                "instruction-accepted",
                fact -> "Accepted: " + words(text(fact, "command")) + " " + text(fact, "subject"));
        SENTENCES.put(
                "reservation-made",
                fact -> "Reservation of " + items(fact.path("lines")) + " for " + text(fact, "channel") + until(fact));
        SENTENCES.put(
                "reservation-changed",
                fact -> (fact.has("order") ? "Order " + text(fact, "order") + " took a part; the" : "The")
                        + " reservation now holds " + items(fact.path("lines")) + until(fact));
        SENTENCES.put("reservation-released", fact -> "Reservation released: " + items(fact.path("lines")));
        SENTENCES.put(
                "reservation-confirmed",
                fact -> "Reservation became order " + text(fact, "order") + ": " + items(fact.path("lines")));
        SENTENCES.put("sale-recorded", FactSentences::sale);
        SENTENCES.put(
                "order-returned",
                fact -> items(fact.path("items")) + " came back" + at(fact) + " with return " + text(fact, "returnId"));
        SENTENCES.put(
                "goods-received",
                fact -> "Received " + items(fact.path("lines")) + at(fact) + " from "
                        + (fact.has("supplier") ? text(fact, "supplier") : "order " + text(fact, "purchaseOrder")));
        SENTENCES.put(
                "return-processed",
                fact -> "Took back " + items(fact.path("lines")) + at(fact)
                        + (fact.has("order") ? " of order " + text(fact, "order") : " without an order"));
        SENTENCES.put(
                "stock-adjusted",
                fact -> "Adjusted " + items(fact.path("lines")) + at(fact) + ": " + words(text(fact, "reason"))
                        + (fact.has("note") ? " (“" + text(fact, "note") + "”)" : ""));
        SENTENCES.put("count-taken", fact -> "Counted " + quantity(fact.path("counted")) + at(fact));
        SENTENCES.put("stock-counted", fact -> "Counted " + count(fact.path("items"), "item") + at(fact));
        SENTENCES.put(
                "stock-transferred",
                fact -> "Sent " + items(fact.path("items")) + " from " + text(fact, "from") + " to "
                        + text(fact, "to"));
        SENTENCES.put(
                "stock-reclassified",
                fact -> "Moved " + items(fact.path("items")) + at(fact) + " from " + words(text(fact, "from")) + " to "
                        + words(text(fact, "to")));
        SENTENCES.put("item-registered", fact -> "Item registered as “" + text(fact, "name") + "”");
        SENTENCES.put("item-changed", fact -> "Item changed, now “" + text(fact, "name") + "”");
        SENTENCES.put(
                "barcode-assigned",
                fact -> (fact.path("barcode").path("inHouse").asBoolean() ? "In-house barcode " : "Barcode ")
                        + text(fact.path("barcode"), "code") + " names " + text(fact, "sku"));
        SENTENCES.put(
                "barcode-withdrawn", fact -> "Barcode " + text(fact, "code") + " no longer names " + text(fact, "sku"));
        SENTENCES.put(
                "location-opened",
                fact -> "Location " + text(fact, "location") + " opened as “" + text(fact, "name") + "”");
    }

    private FactSentences() {}

    /** @param name the stored name; one that has no sentence is said as it is */
    static String of(String name, JsonNode fact) {
        return SENTENCES.getOrDefault(name, any -> words(name)).apply(fact);
    }

    static boolean knows(String name) {
        return SENTENCES.containsKey(name);
    }

    private static String moved(JsonNode fact) {
        List<String> moves = new ArrayList<>();
        for (JsonNode posting : fact.path("postings")) {
            String quantity = quantity(posting.path("quantity"));
            String from = text(posting, "from");
            String to = text(posting, "to");
            moves.add(
                    switch (text(fact, "cause")) {
                        case "sold" -> "Sold " + quantity + at(fact) + " through " + text(fact, "channel");
                        case "received" -> "Received " + quantity + at(fact);
                        case "returned" -> "Took back " + quantity + at(fact) + " as " + words(to);
                        case "counted" -> "Count" + at(fact) + ": " + quantity + difference(from, to);
                        case "transferred" ->
                            to.equals("in-transit")
                                    ? "Sent " + quantity + " away" + at(fact, " from ")
                                    : "Got " + quantity + at(fact) + " from another location";
                        case "reclassified" ->
                            "Moved " + quantity + at(fact) + " from " + words(from) + " to " + words(to);
                        default ->
                            from.equals("found")
                                    ? "Added " + quantity + at(fact)
                                    : "Removed " + quantity + at(fact) + ": " + words(to);
                    });
        }
        return String.join("; ", moves);
    }

    /** Where units come back out of what was lost or found, something told later explains the count. */
    private static String difference(String from, String to) {
        if (to.equals("lost")) {
            return " missing";
        }
        if (from.equals("lost")) {
            return " less missing, as is told now";
        }
        return to.equals("found") ? " less found, as is told now" : " more than known";
    }

    private static String sale(JsonNode fact) {
        List<String> missing = new ArrayList<>();
        for (JsonNode line : fact.path("lines")) {
            if (line.has("shortfall")) {
                missing.add(quantity(line.path("shortfall")) + " × " + text(line, "sku"));
            }
        }
        return "Sale of " + items(fact.path("lines")) + at(fact) + " through " + text(fact, "channel")
                + (fact.has("register") ? ", register " + text(fact, "register") : "")
                + (missing.isEmpty() ? "" : "; the ledger did not have " + String.join(", ", missing));
    }

    /** One item by name, more by number: {@code 2 × 0001} or {@code 3 items}. */
    private static String items(JsonNode lines) {
        if (lines.size() != 1) {
            return count(lines, "line");
        }
        JsonNode line = lines.path(0);
        return quantity(line.path("quantity")) + " × " + text(line, "sku");
    }

    private static String count(JsonNode list, String what) {
        return list.size() + " " + what + (list.size() == 1 ? "" : "s");
    }

    private static String at(JsonNode fact) {
        return at(fact, " at ");
    }

    private static String at(JsonNode fact, String preposition) {
        return fact.has("location") ? preposition + text(fact, "location") : "";
    }

    private static String until(JsonNode fact) {
        return " until " + Times.text(Instant.parse(text(fact, "endsAt")));
    }

    private static String quantity(JsonNode quantity) {
        return Figure.text(Quantity.parse(quantity.asString()));
    }

    private static String text(JsonNode fact, String field) {
        return fact.path(field).asString("");
    }

    /** {@code UNKNOWN_ITEM} and {@code set-safety-stock} as people write them. */
    private static String words(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }
}
