package io.stockledger.device.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping in a YAML file, read key by key. What is wrong is noted with its line and reading goes on, so that all
 * problems are told at once. {@link #close} notes the keys that nobody asked for.
 */
final class Section implements AutoCloseable {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<Problem> problems;

    Section(String file, String path, @Nullable Node node, int parentLine, List<Problem> problems) {
        this.file = file;
        this.path = path;
        this.line = node == null ? parentLine : lineOf(node);
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (values.put(key, tuple.getValueNode()) != null) {
                    note(lineOf(tuple.getKeyNode()), key, "given twice (expected: once)");
                }
            }
        } else if (node != null && !isEmpty(node)) {
            problems.add(new Problem(file, line, path, "a single value (expected: keys and values below it)"));
        }
    }

    int line() {
        return line;
    }

    boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    String text(String key, String otherwise) {
        return scalar(key).orElse(otherwise);
    }

    String required(String key) {
        Optional<String> value = scalar(key).filter(text -> !text.isBlank());
        if (value.isEmpty()) {
            note(lineOf(key), key, "missing (expected: a value)");
        }
        return value.orElse("");
    }

    int number(String key, int otherwise, int least, int greatest) {
        return parsed(key, otherwise, "a whole number from " + least + " to " + greatest, text -> {
            int number = Integer.parseInt(text);
            return number >= least && number <= greatest ? number : null;
        });
    }

    boolean flag(String key, boolean otherwise) {
        return parsed(key, otherwise, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        });
    }

    Duration duration(String key, Duration otherwise, Duration least, Duration greatest) {
        return parsed(key, otherwise, "a duration from " + written(least) + " to " + written(greatest), text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            return duration.compareTo(least) < 0 || duration.compareTo(greatest) > 0 ? null : duration;
        });
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    <E extends Enum<E>> E choice(String key, E otherwise) {
        E[] constants = otherwise.getDeclaringClass().getEnumConstants();
        String expected = "one of "
                + String.join(
                        ", ", Arrays.stream(constants).map(Section::written).toList());
        return parsed(
                key,
                otherwise,
                expected,
                text -> Arrays.stream(constants)
                        .filter(constant -> written(constant).equals(text))
                        .findFirst()
                        .orElse(null));
    }

    /** A value that {@code parse} makes of the text, or refuses with null or an IllegalArgumentException. */
    <T> T parsed(String key, T otherwise, String expected, Function<String, @Nullable T> parse) {
        Optional<String> text = scalar(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            T value = parse.apply(text.get().strip());
            if (value != null) {
                return value;
            }
            note(lineOf(key), key, text.get() + " (expected: " + expected + ")");
        } catch (IllegalArgumentException e) {
            String detail = e instanceof NumberFormatException || e.getMessage() == null
                    ? text.get() + " (expected: " + expected + ")"
                    : e.getMessage();
            note(lineOf(key), key, detail);
        }
        return otherwise;
    }

    Section section(String key) {
        asked.add(key);
        return new Section(file, joined(key), values.get(key), line, problems);
    }

    List<Section> sections(String key) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null || isEmpty(node)) {
            return List.of();
        }
        if (!(node instanceof SequenceNode sequence)) {
            note(lineOf(node), key, "no list (expected: entries that start with -)");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (Node entry : sequence.getValue()) {
            sections.add(new Section(file, joined(key) + "[" + sections.size() + "]", entry, line, problems));
        }
        return sections;
    }

    void note(String key, String message) {
        note(lineOf(key), key, message);
    }

    @Override
    public void close() {
        for (Map.Entry<String, Node> entry : values.entrySet()) {
            if (!asked.contains(entry.getKey())) {
                note(
                        lineOf(entry.getValue()),
                        entry.getKey(),
                        "unknown (expected: one of " + String.join(", ", asked) + ")");
            }
        }
    }

    private Optional<String> scalar(String key) {
        asked.add(key);
        Node node = values.get(key);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        note(lineOf(node), key, "several values (expected: one)");
        return Optional.empty();
    }

    private void note(int atLine, String key, String message) {
        problems.add(new Problem(file, atLine, joined(key), message));
    }

    private String joined(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private int lineOf(String key) {
        Node node = values.get(key);
        return node == null ? line : lineOf(node);
    }

    private static int lineOf(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty();
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String written(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSeconds() % 86_400 == 0 && !duration.isZero()
                ? duration.toDays() + "d"
                : duration.toSeconds() + "s";
    }
}
