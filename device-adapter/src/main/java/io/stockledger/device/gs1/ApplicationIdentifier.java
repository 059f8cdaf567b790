package io.stockledger.device.gs1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of the table of application identifiers: what its value is made of and what it may be read with.
 *
 * @param code two to four digits
 * @param fixed the length is predefined: no separator follows the value
 * @param attribute may stand in a Digital Link's query
 * @param key may be the primary key of a Digital Link
 * @param parts in order; only the last varies in length
 * @param needs every one of them must be met by one of its groups
 * @param excludes patterns of identifiers that must not be there too
 * @param qualifierPaths what may follow the key in a Digital Link's path; alternatives
 * @param title GS1's data title
 */
record ApplicationIdentifier(
        String code,
        boolean fixed,
        boolean attribute,
        boolean key,
        List<Part> parts,
        List<Need> needs,
        List<Pattern> excludes,
        List<List<String>> qualifierPaths,
        String title) {

    /** A stretch of the value. {@code longest} equals {@code shortest} for a fixed stretch. */
    record Part(CharacterSet set, int shortest, int longest, boolean optional, List<ValueRule> rules) {}

    /** At least one group, all of it, must have been read together with the identifier. */
    record Need(List<List<Pattern>> groups) {
        @Override
        public String toString() {
            List<String> names = new ArrayList<>();
            for (List<Pattern> group : groups) {
                names.add(String.join("+", group.stream().map(Pattern::text).toList()));
            }
            return String.join(" or ", names);
        }
    }

    /** An identifier's code in which "n" stands for any digit. */
    record Pattern(String text) {
        boolean matches(String code) {
            if (code.length() != text.length()) {
                return false;
            }
            for (int i = 0; i < code.length(); i++) {
                if (text.charAt(i) != 'n' && text.charAt(i) != code.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    int shortest() {
        return parts.stream()
                .filter(part -> !part.optional())
                .mapToInt(Part::shortest)
                .sum();
    }

    int longest() {
        return parts.stream().mapToInt(Part::longest).sum();
    }

    /** Why {@code value} may not stand behind this identifier; empty if it may. */
    Optional<UnreadableCode> problemOf(String value) {
        if (value.isEmpty()) {
            return problem(UnreadableCode.Reason.WRONG_LENGTH, value, lengths());
        }
        int at = 0;
        for (Part part : parts) {
            if (part.optional() && at == value.length()) {
                continue;
            }
            int end = Math.min(value.length(), at + part.longest());
            if (end - at < part.shortest()) {
                return problem(UnreadableCode.Reason.WRONG_LENGTH, value, lengths());
            }
            String piece = value.substring(at, end);
            if (!part.set().holdsAll(piece)) {
                return problem(
                        UnreadableCode.Reason.FOREIGN_CHARACTER,
                        value,
                        part.set().toString());
            }
            for (ValueRule rule : part.rules()) {
                if (!rule.holdsFor(piece)) {
                    return problem(UnreadableCode.Reason.of(rule), value, rule.expected());
                }
            }
            at = end;
        }
        return at < value.length() ? problem(UnreadableCode.Reason.WRONG_LENGTH, value, lengths()) : Optional.empty();
    }

    private String lengths() {
        return shortest() == longest() ? longest() + " characters" : shortest() + " to " + longest() + " characters";
    }

    private Optional<UnreadableCode> problem(UnreadableCode.Reason reason, String value, String expected) {
        return Optional.of(
                new UnreadableCode(reason, "(" + code + ") " + title + ": " + value + " (expected: " + expected + ")"));
    }
}
