package io.stockledger.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every Java file of ours obeys and no compiler checks. */
enum SourceRule {
    SHORT_ENOUGH_TO_READ {
        @Override
        Optional<String> violation(Path file, String text) {
            long lines = text.lines().count();
            return lines <= MAX_LINES
                    ? Optional.empty()
                    : Optional.of("lines: %d (expected: <= %d)".formatted(lines, MAX_LINES));
        }
    },
    NAMED_FOR_WHAT_IT_IS {
        @Override
        Optional<String> violation(Path file, String text) {
            return EMPTY_NAME.matcher(typeName(file)).matches()
                    ? Optional.of("name: " + typeName(file) + " (expected: what it is or does; no "
                            + "*Util, *Helper, *Manager, *Service, *Impl, Base*, Default*)")
                    : Optional.empty();
        }
    },
    FINISHED {
        @Override
        Optional<String> violation(Path file, String text) {
            return first(UNFINISHED, text).map(mark -> "mark: " + mark + " (expected: finished work)");
        }
    },
    TESTS_WAIT_FOR_AN_EVENT_NOT_FOR_TIME {
        @Override
        Optional<String> violation(Path file, String text) {
            return isTest(file)
                    ? first(SLEEP, text)
                            .map(call -> "call: " + call + " (expected: wait for a position or a condition)")
                    : Optional.empty();
        }
    },
    NO_TEST_IS_SWITCHED_OFF {
        @Override
        Optional<String> violation(Path file, String text) {
            return isTest(file)
                    ? first(SWITCHED_OFF, text)
                            .map(mark -> "annotation: " + mark + " (expected: a test that runs, or none)")
                    : Optional.empty();
        }
    },
    EVERY_TEST_IS_FOUND_BY_THE_BUILD {
        @Override
        Optional<String> violation(Path file, String text) {
            return isTest(file)
                            && first(TEST_METHOD, text).isPresent()
                            && !RUN_BY_THE_BUILD.matcher(typeName(file)).matches()
                    ? Optional.of(
                            "name: " + typeName(file) + " (expected: *Test, *Properties or *IT, else it never runs)")
                    : Optional.empty();
        }
    };

    static final int MAX_LINES = 400;

    private static final Pattern EMPTY_NAME = Pattern.compile(
            "([A-Z]\\w*(Util|Utils|Helper|Helpers|Manager|Service|ServiceImpl|Impl)|(Base|Default|Abstract)[A-Z]\\w*)");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SLEEP =
            Pattern.compile("\\b(Thread\\s*\\.\\s*sleep|TimeUnit\\.\\w+\\.sleep|LockSupport\\.park\\w*)\\s*\\(");
    private static final Pattern SWITCHED_OFF = Pattern.compile("(?m)^\\s*@(Disabled|Ignore)\\b(?!On|If|For)");
    private static final Pattern TEST_METHOD =
            Pattern.compile("(?m)^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example|ArchTest)\\b");
    private static final Pattern RUN_BY_THE_BUILD = Pattern.compile("\\w+(Test|Properties|IT)");

    /** Why {@code file} breaks this rule, with the value found and the one expected; empty when it obeys. */
    abstract Optional<String> violation(Path file, String text);

    /** One message for each rule that {@code file} breaks. */
    static List<String> violations(Path file, String text) {
        List<String> found = new ArrayList<>();
        for (SourceRule rule : values()) {
            rule.violation(file, text).ifPresent(why -> found.add(file + ": " + rule + ": " + why));
        }
        return found;
    }

    private static boolean isTest(Path file) {
        return file.toString().replace('\\', '/').contains("/src/test/");
    }

    private static String typeName(Path file) {
        return file.getFileName().toString().replaceAll("\\.java$", "");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group().strip()) : Optional.empty();
    }
}
