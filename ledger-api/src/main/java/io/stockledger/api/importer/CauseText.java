package io.stockledger.api.importer;

import io.stockledger.v1.AdjustmentReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the reason code that fits what somebody typed, for example "thrown away-rusty". */
final class CauseText {

    /** The first that is found wins, so the more certain words stand first. */
    private static final List<Map.Entry<Pattern, AdjustmentReason>> REMOVALS = List.of(
            Map.entry(
                    words("damag|wet|rust|mould|broke|crush|crack|smash|faulty|thr[oe]w|unsale?able|can't sell|smudge"
                            + "|incorrectly made|water|dirty|rotten"),
                    AdjustmentReason.ADJUSTMENT_REASON_DAMAGED),
            Map.entry(words("stolen|theft"), AdjustmentReason.ADJUSTMENT_REASON_STOLEN),
            Map.entry(words("lost|missing|\\bmia\\b|can't find|not rcvd"), AdjustmentReason.ADJUSTMENT_REASON_LOST),
            Map.entry(words("given away|give away|charity|donat"), AdjustmentReason.ADJUSTMENT_REASON_GIVEN_AWAY),
            Map.entry(words("sample|showroom|display|photo"), AdjustmentReason.ADJUSTMENT_REASON_OWN_USE),
            Map.entry(words("expired|out of date"), AdjustmentReason.ADJUSTMENT_REASON_EXPIRED));

    private static final Pattern CORRECTS_THE_BOOKS = words(
            "adjust|check|\\?|wrong|mix ?up|revers|error|incorrect|barcode|code|label|correct|sold as|damag|dotcom|amazon"
                    + "|ebay|credit|test|counted|cargo order|sets?\\b");

    private CauseText() {}

    static AdjustmentReason reason(long quantity, String text) {
        if (quantity > 0) {
            boolean correction = !text.isEmpty()
                    && isTypedByHand(text)
                    && CORRECTS_THE_BOOKS.matcher(text).find();
            return correction
                    ? AdjustmentReason.ADJUSTMENT_REASON_CORRECTION
                    : AdjustmentReason.ADJUSTMENT_REASON_FOUND;
        }
        return REMOVALS.stream()
                .filter(entry -> entry.getKey().matcher(text).find())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(AdjustmentReason.ADJUSTMENT_REASON_CORRECTION);
    }

    /** Names of items are in capitals; "SET OF 6 SOLDIER SKITTLES" is no reason. */
    private static boolean isTypedByHand(String text) {
        return !text.equals(text.toUpperCase(Locale.ROOT)) || text.equals(text.toLowerCase(Locale.ROOT));
    }

    private static Pattern words(String any) {
        return Pattern.compile(any, Pattern.CASE_INSENSITIVE);
    }
}
