package io.stockledger.device.gs1;

import io.stockledger.device.gs1.ApplicationIdentifier.Need;
import io.stockledger.device.gs1.ApplicationIdentifier.Pattern;
import io.stockledger.device.gs1.Elements.Element;
import io.stockledger.device.gs1.UnreadableCode.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads concatenated element strings, and the same in brackets as a person types them.
 *
 * <p>Strict: every value obeys its identifier, and the identifiers may stand together
 * (GS1 General Specifications, 3 and 4.13).
 */
public final class ElementString {

    /** What a scanner sends for FNC1 between element strings. */
    public static final char SEPARATOR = 0x1D;

    private static final String DIGITAL_SIGNATURE = "8030";
    private static final List<String> KEYS_SIGNED_WITH_SERIAL = List.of("253", "255", "8003");

    private ElementString() {}

    /** Elements, or why there are none. */
    sealed interface Outcome {
        record Read(Elements elements) implements Outcome {}

        record Refused(UnreadableCode why) implements Outcome {}

        static Outcome refused(Reason reason, String detail) {
            return new Refused(new UnreadableCode(reason, detail));
        }

        default CodeReading map(Function<Elements, CodeReading> onElements) {
            return this instanceof Read read ? onElements.apply(read.elements()) : ((Refused) this).why();
        }
    }

    /** @param data without symbology identifier and leading FNC1; {@link #SEPARATOR} where FNC1 was */
    static Outcome parse(String data) {
        return parseBeside(Elements.NONE, data);
    }

    /** The same for a composite component, whose elements must fit those of the linear symbol below it. */
    static Outcome parseBeside(Elements linear, String data) {
        if (data.isEmpty()) {
            return Outcome.refused(Reason.EMPTY, "element string: empty (expected: an application identifier)");
        }
        List<Element> elements = new ArrayList<>(linear.inOrder());
        int at = 0;
        while (at < data.length()) {
            ApplicationIdentifier identifier = ApplicationIdentifiers.TABLE.startingAt(data, at);
            if (identifier == null) {
                return Outcome.refused(
                        Reason.UNKNOWN_IDENTIFIER,
                        "element string: " + rest(data, at) + " (expected: to start with an application identifier)");
            }
            int start = at + identifier.code().length();
            int end = data.indexOf(SEPARATOR, start);
            end = end < 0 ? data.length() : end;
            if (identifier.fixed()) {
                end = Math.min(end, start + identifier.longest());
            }
            String value = data.substring(start, end);
            Optional<UnreadableCode> problem = identifier.problemOf(value);
            if (problem.isPresent()) {
                return new Outcome.Refused(problem.get());
            }
            elements.add(new Element(identifier.code(), value));
            at = end < data.length() && data.charAt(end) == SEPARATOR ? end + 1 : end;
        }
        return together(elements, false);
    }

    /**
     * Reads element strings as they are printed for people, each identifier in parentheses and "\(" for a parenthesis
     * inside a value.
     */
    static Outcome parseBracketed(String text) {
        List<Element> elements = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int close = text.indexOf(')', at);
            if (text.charAt(at) != '(' || close < 0) {
                return Outcome.refused(
                        Reason.UNKNOWN_IDENTIFIER, rest(text, at) + " (expected: an identifier in parentheses)");
            }
            String code = text.substring(at + 1, close);
            ApplicationIdentifier identifier = ApplicationIdentifiers.TABLE.get(code);
            if (identifier == null) {
                return Outcome.refused(
                        Reason.UNKNOWN_IDENTIFIER, "(" + code + ") (expected: a known application identifier)");
            }
            StringBuilder value = new StringBuilder();
            at = close + 1;
            while (at < text.length() && text.charAt(at) != '(') {
                boolean escaped = text.startsWith("\\(", at);
                value.append(escaped ? '(' : text.charAt(at));
                at += escaped ? 2 : 1;
            }
            Optional<UnreadableCode> problem = identifier.problemOf(value.toString());
            if (problem.isPresent()) {
                return new Outcome.Refused(problem.get());
            }
            elements.add(new Element(code, value.toString()));
        }
        return elements.isEmpty()
                ? Outcome.refused(Reason.EMPTY, "element string: empty (expected: an identifier in parentheses)")
                : together(elements, false);
    }

    /** Judges elements, each correct in itself, as a whole. */
    static Outcome together(List<Element> elements, boolean repeatsRefused) {
        Map<String, String> values = new HashMap<>();
        for (Element element : elements) {
            String before = values.putIfAbsent(element.code(), element.value());
            if (before != null && (repeatsRefused || !before.equals(element.value()))) {
                return Outcome.refused(
                        Reason.REPEATED_IDENTIFIER,
                        "(" + element.code() + "): " + before + " and " + element.value() + " (expected: one value)");
            }
        }
        for (String code : values.keySet()) {
            UnreadableCode misfit = misfit(identifier(code), values);
            if (misfit != null) {
                return new Outcome.Refused(misfit);
            }
        }
        return new Outcome.Read(new Elements(elements));
    }

    private static @Nullable UnreadableCode misfit(ApplicationIdentifier identifier, Map<String, String> values) {
        for (Pattern excluded : identifier.excludes()) {
            for (String other : values.keySet()) {
                if (!other.equals(identifier.code()) && excluded.matches(other)) {
                    return new UnreadableCode(
                            Reason.EXCLUDED_PAIR,
                            "(" + identifier.code() + ") with (" + other + ") (expected: never together)");
                }
            }
        }
        for (Need need : identifier.needs()) {
            if (need.groups().stream().noneMatch(group -> isThere(group, identifier.code(), values))) {
                return new UnreadableCode(
                        Reason.MISSING_IDENTIFIER,
                        "(" + identifier.code() + ") alone (expected: together with " + need + ")");
            }
        }
        boolean signedWithoutSerial = values.containsKey(DIGITAL_SIGNATURE)
                && KEYS_SIGNED_WITH_SERIAL.contains(identifier.code())
                && values.getOrDefault(identifier.code(), "").length() == identifier.shortest();
        return signedWithoutSerial
                ? new UnreadableCode(
                        Reason.WRONG_LENGTH,
                        "(" + identifier.code()
                                + ") signed by (8030) without its serial part (expected: a serial part)")
                : null;
    }

    private static boolean isThere(List<Pattern> group, String self, Map<String, String> values) {
        return group.stream()
                .allMatch(pattern ->
                        values.keySet().stream().anyMatch(code -> !code.equals(self) && pattern.matches(code)));
    }

    private static ApplicationIdentifier identifier(String code) {
        ApplicationIdentifier identifier = ApplicationIdentifiers.TABLE.get(code);
        if (identifier == null) {
            throw new IllegalStateException("(" + code + ") was read but is not in the table");
        }
        return identifier;
    }

    private static String rest(String data, int at) {
        return data.substring(at, Math.min(data.length(), at + 40));
    }
}
