package io.stockledger.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of commands that a page shows.
 *
 * @param number counted from 1 on its page
 */
record DocumentedCommand(String page, int number, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\n(.*?)^```$");
    private static final Pattern NEEDS = Pattern.compile("^# (Needs .*)");
    private static final Pattern SERVICE =
            Pattern.compile("(?m)^([A-Z_]+=\\S+ )?java -jar \\S+stockledger\\.jar( --demo)?$");

    /** @param page from the root of the repository */
    static List<DocumentedCommand> of(String page) {
        Matcher blocks = BLOCK.matcher(text(Path.of("..").resolve(page)));
        List<DocumentedCommand> found = new ArrayList<>();
        while (blocks.find()) {
            found.add(new DocumentedCommand(page, found.size() + 1, blocks.group(1)));
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says that it needs besides a clone and what was built in it; nobody runs it without. */
    Optional<String> needs() {
        Matcher first = NEEDS.matcher(text);
        return first.find() ? Optional.of(first.group(1)) : Optional.empty();
    }

    /** Whether it goes on until it is stopped. */
    boolean isTheService() {
        return SERVICE.matcher(text).find();
    }

    @Override
    public String toString() {
        return page + " " + number + ": "
                + text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
