package io.stockledger.device.gs1;

import io.stockledger.device.gs1.ElementString.Outcome;
import io.stockledger.device.gs1.Elements.Element;
import io.stockledger.device.gs1.UnreadableCode.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a GS1 Digital Link URI (GS1 Digital Link Standard: URI Syntax 1.5), uncompressed, with numeric identifiers and
 * GTINs of 14 digits only. Nothing is ever fetched.
 */
final class DigitalLink {

    private static final String URI_CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%";
    private static final String NEVER_IN_A_DOMAIN = "_~?#@!$&'()*+,;=%";
    private static final List<String> SCHEMES = List.of("https://", "HTTPS://", "http://", "HTTP://");

    private DigitalLink() {}

    static boolean looksLikeOne(String text) {
        return SCHEMES.stream().anyMatch(text::startsWith);
    }

    static Outcome parse(String uri) {
        String scheme = SCHEMES.stream().filter(uri::startsWith).findFirst().orElse(null);
        if (scheme == null) {
            return notOne(uri, "to start with https:// or http://");
        }
        int foreign = firstOutside(URI_CHARACTERS, uri);
        if (foreign >= 0) {
            return Outcome.refused(
                    Reason.FOREIGN_CHARACTER, uri + " (expected: no " + uri.charAt(foreign) + " in a web address)");
        }
        int path = uri.indexOf('/', scheme.length());
        String domain = path < 0 ? "" : uri.substring(scheme.length(), path);
        if (domain.isEmpty() || domain.chars().anyMatch(c -> NEVER_IN_A_DOMAIN.indexOf(c) >= 0)) {
            return notOne(uri, "a domain and a path");
        }
        String address = cutAt(uri.substring(path), '#');
        int question = address.indexOf('?');
        String pathInfo = question < 0 ? address : address.substring(0, question);
        String query = question < 0 ? "" : address.substring(question + 1);

        List<Element> inPath = new ArrayList<>();
        Optional<UnreadableCode> pathProblem = readPath(uri, pathInfo, inPath);
        if (pathProblem.isPresent()) {
            return new Outcome.Refused(pathProblem.get());
        }
        List<Element> inQuery = new ArrayList<>();
        Optional<UnreadableCode> queryProblem = readQuery(query, inQuery);
        if (queryProblem.isPresent()) {
            return new Outcome.Refused(queryProblem.get());
        }
        return judged(inPath, inQuery);
    }

    private static Outcome judged(List<Element> inPath, List<Element> inQuery) {
        List<String> sequence = inPath.stream().map(Element::code).toList();
        if (!isKeyWithQualifiers(sequence)) {
            return Outcome.refused(
                    Reason.INVALID_VALUE, "path " + sequence + " (expected: a key and its qualifiers in their order)");
        }
        for (Element element : inQuery) {
            ApplicationIdentifier identifier = ApplicationIdentifiers.TABLE.get(element.code());
            if (identifier == null || !identifier.attribute()) {
                return Outcome.refused(
                        Reason.INVALID_VALUE, "(" + element.code() + ") in the query (expected: in the path)");
            }
            if (belongsInPath(sequence, element.code())) {
                return Outcome.refused(
                        Reason.INVALID_VALUE, "(" + element.code() + ") in the query (expected: in the path)");
            }
        }
        List<Element> all = new ArrayList<>(inPath);
        all.addAll(inQuery);
        return ElementString.together(all, true);
    }

    /** Walks back from the end over pairs of identifier and value, until a pair starts with a key. */
    private static Optional<UnreadableCode> readPath(String uri, String pathInfo, List<Element> into) {
        List<String> segments = List.of(pathInfo.substring(1).split("/", -1));
        int keyAt = -1;
        for (int i = segments.size() - 2; i >= 0; i -= 2) {
            ApplicationIdentifier identifier = ApplicationIdentifiers.TABLE.get(segments.get(i));
            if (identifier == null) {
                break;
            }
            if (identifier.key()) {
                keyAt = i;
                break;
            }
        }
        if (keyAt < 0) {
            return Optional.of(new UnreadableCode(
                    Reason.NOT_A_DIGITAL_LINK, uri + " (expected: a GS1 key such as /01/ in its path)"));
        }
        for (int i = keyAt; i < segments.size(); i += 2) {
            Optional<UnreadableCode> problem = add(segments.get(i), decoded(segments.get(i + 1), false), into);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<UnreadableCode> readQuery(String query, List<Element> into) {
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String code = parameter.substring(0, equals);
            if (!CharacterSet.DIGITS.holdsAll(code)) {
                // Parameters of other applications may share the address; GS1 reserves only the numeric ones.
                continue;
            }
            Optional<UnreadableCode> problem = add(code, decoded(parameter.substring(equals + 1), true), into);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<UnreadableCode> add(String code, @Nullable String value, List<Element> into) {
        ApplicationIdentifier identifier = ApplicationIdentifiers.TABLE.get(code);
        if (identifier == null) {
            return Optional.of(
                    new UnreadableCode(Reason.UNKNOWN_IDENTIFIER, "(" + code + ") (expected: a known identifier)"));
        }
        if (value == null) {
            return Optional.of(
                    new UnreadableCode(Reason.FOREIGN_CHARACTER, "(" + code + "): a percent sequence decodes to NUL"));
        }
        Optional<UnreadableCode> problem = identifier.problemOf(value);
        if (problem.isEmpty()) {
            into.add(new Element(code, value));
        }
        return problem;
    }

    private static boolean isKeyWithQualifiers(List<String> codes) {
        ApplicationIdentifier key = ApplicationIdentifiers.TABLE.get(codes.get(0));
        List<String> qualifiers = codes.subList(1, codes.size());
        return key != null
                && key.key()
                && (qualifiers.isEmpty()
                        || key.qualifierPaths().stream().anyMatch(path -> isSubsequence(qualifiers, path)));
    }

    private static boolean isSubsequence(List<String> codes, List<String> path) {
        int at = 0;
        for (String allowed : path) {
            if (at < codes.size() && codes.get(at).equals(allowed)) {
                at++;
            }
        }
        return at == codes.size();
    }

    /** An identifier that would make a correct path somewhere behind the key may not be put into the query instead. */
    private static boolean belongsInPath(List<String> sequence, String code) {
        for (int i = 1; i <= sequence.size(); i++) {
            List<String> longer = new ArrayList<>(sequence);
            longer.add(i, code);
            if (isKeyWithQualifiers(longer)) {
                return true;
            }
        }
        return false;
    }

    /** Percent sequences undone; an incomplete one stays as it is. Null if one stands for NUL. */
    private static @Nullable String decoded(String text, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            int high = character == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                if (high == 0 && low == 0) {
                    return null;
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && character == '+' ? ' ' : character);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static Outcome notOne(String uri, String expected) {
        return Outcome.refused(Reason.NOT_A_DIGITAL_LINK, uri + " (expected: " + expected + ")");
    }

    private static int firstOutside(String allowed, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (allowed.indexOf(text.charAt(i)) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static String cutAt(String text, char end) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
