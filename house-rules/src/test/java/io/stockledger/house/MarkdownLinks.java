package io.stockledger.house;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The relative links of one Markdown file, and which of them lead nowhere. */
record MarkdownLinks(Path file, List<String> targets) {
    private static final Pattern FENCED_CODE = Pattern.compile("(?ms)^ *(```|~~~).*?^ *\\1");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]+`");
    private static final Pattern INLINE_LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern LINK_DEFINITION = Pattern.compile("(?m)^ {0,3}\\[[^\\]^]+\\]:\\s+<?([^\\s>]+)>?");
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*:|//).*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*$");

    static MarkdownLinks of(Path file) {
        String fencesRemoved = FENCED_CODE.matcher(Repository.text(file)).replaceAll("");
        // A link's own text may be code, its target never is.
        String prose = INLINE_CODE.matcher(fencesRemoved).replaceAll("code");
        List<String> targets = new ArrayList<>();
        for (Pattern link : List.of(INLINE_LINK, LINK_DEFINITION, HTML_LINK)) {
            Matcher matcher = link.matcher(prose);
            while (matcher.find()) {
                if (!SCHEME.matcher(matcher.group(1)).matches()) {
                    targets.add(matcher.group(1));
                }
            }
        }
        return new MarkdownLinks(file, targets);
    }

    /** One message for each link that leads nowhere. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (String target : targets) {
            int hash = target.indexOf('#');
            String path = URLDecoder.decode(hash < 0 ? target : target.substring(0, hash), StandardCharsets.UTF_8);
            Path parent = file.toAbsolutePath().getParent();
            Path destination = path.isEmpty() || parent == null
                    ? file
                    : parent.resolve(path).normalize();
            if (!Files.exists(destination)) {
                broken.add("%s: link to %s (expected: a file or folder at %s)".formatted(file, target, destination));
            } else if (hash >= 0
                    && destination.toString().endsWith(".md")
                    && !headings(destination).contains(target.substring(hash + 1))) {
                broken.add("%s: link to %s (expected: one of the headings %s)"
                        .formatted(file, target, headings(destination)));
            }
        }
        return broken;
    }

    private static Set<String> headings(Path markdown) {
        Set<String> anchors = new HashSet<>();
        Matcher heading =
                HEADING.matcher(FENCED_CODE.matcher(Repository.text(markdown)).replaceAll(""));
        while (heading.find()) {
            String kept = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
            anchors.add(kept.replace(' ', '-'));
        }
        return anchors;
    }
}
