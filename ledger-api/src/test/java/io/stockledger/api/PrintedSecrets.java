package io.stockledger.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a secret stands in what was printed or logged: by the service, by processes that tests
 * start, and by the PostgreSQL behind them. A secret is what a test has said to be one, and what looks like one of ours.
 */
public final class PrintedSecrets implements BeforeAllCallback, AfterAllCallback {

    /** API keys, webhooks' secrets, enrolment codes, signed tokens. */
    private static final Pattern LOOKS_SECRET = Pattern.compile("slk_[A-Za-z0-9_-]{55}|whsec_[A-Za-z0-9+/=]{20,}"
            + "|\\b(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}\\b"
            + "|eyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final int SHORTEST = 16;
    private static final int SHOWN_AROUND = 60;

    private static final StringBuilder PRINTED = new StringBuilder();
    private static final Set<String> USED = new LinkedHashSet<>();
    private static final Map<Path, Long> FILES = new LinkedHashMap<>();
    private static boolean isListening;
    private static int seen;
    private static int usedThen;

    /** From now on it must not be printed, and must not have been. */
    public static synchronized void use(String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("secret: " + secret.length() + " characters (expected: >= " + SHORTEST
                    + ", or it is found anywhere)");
        }
        USED.add(secret);
    }

    private static synchronized void keep(String text) {
        PRINTED.append(text);
    }

    /** What is added to a file from now on counts as printed. */
    static synchronized void watch(Path file) {
        FILES.computeIfAbsent(file, PrintedSecrets::size);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        listen();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> found = found();
        if (!found.isEmpty()) {
            throw new AssertionError("secrets were printed (expected: none):\n" + String.join("\n", found));
        }
    }

    /** Where secrets were printed since the last look, without them. */
    static synchronized List<String> found() {
        FILES.replaceAll(PrintedSecrets::readOn);
        List<String> secrets = List.copyOf(USED);
        List<String> found = new ArrayList<>();
        // What was looked through before is looked through for new secrets only.
        secrets.subList(usedThen, secrets.size()).forEach(secret -> find(secret, 0, found));
        secrets.subList(0, usedThen).forEach(secret -> find(secret, seen, found));
        for (Matcher matcher = LOOKS_SECRET.matcher(PRINTED).region(seen, PRINTED.length()); matcher.find(); ) {
            found.add(around(matcher.start(), matcher.end()));
        }
        seen = PRINTED.length();
        usedThen = secrets.size();
        return found;
    }

    private static void find(String secret, int from, List<String> found) {
        int start = PRINTED.indexOf(secret, from);
        if (start >= 0) {
            found.add(around(start, start + secret.length()));
        }
    }

    private static String around(int start, int end) {
        return PRINTED.substring(Math.max(0, start - SHOWN_AROUND), start) + "‹secret›"
                + PRINTED.substring(end, Math.min(PRINTED.length(), end + SHOWN_AROUND));
    }

    private static Long readOn(Path file, Long from) {
        try {
            byte[] all = Files.readAllBytes(file);
            int start = (int) Math.min(from, all.length);
            PRINTED.append(new String(all, start, all.length - start, StandardCharsets.UTF_8));
            return (long) all.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("SystemOut") // it is what is listened to
    private static synchronized void listen() {
        if (!isListening) {
            isListening = true;
            System.setOut(alsoKept(System.out));
            System.setErr(alsoKept(System.err));
        }
    }

    /** What a stream is given goes on to where it went. */
    private static PrintStream alsoKept(PrintStream before) {
        OutputStream both = new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                before.write(bytes, offset, length);
                keep(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                before.flush();
            }
        };
        return new PrintStream(both, true, StandardCharsets.UTF_8);
    }
}
