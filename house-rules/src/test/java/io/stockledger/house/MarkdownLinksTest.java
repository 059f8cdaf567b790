package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownLinksTest {
    @Test
    void everyRelativeLinkOfTheRepositoryResolves() {
        List<MarkdownLinks> pages = Repository.files(Repository.root(), ".md").stream()
                .map(MarkdownLinks::of)
                .toList();

        assertThat(pages).anyMatch(page -> !page.targets().isEmpty());
        assertThat(pages.stream().flatMap(page -> page.broken().stream())).isEmpty();
    }

    @Test
    void aLinkToNothingIsReportedWithItsPage(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                [gone](gone.md) ![picture](img/none.png "title") [`Code`](Code.java)
                [one]: other.md
                <a href="html.md">html</a>
                """);

        assertThat(MarkdownLinks.of(page).broken())
                .hasSize(5)
                .allMatch(message -> message.startsWith(page + ": link to "))
                .anyMatch(message -> message.contains("gone.md"))
                .anyMatch(message -> message.contains("img/none.png"))
                .anyMatch(message -> message.contains("Code.java"))
                .anyMatch(message -> message.contains("other.md"))
                .anyMatch(message -> message.contains("html.md"));
    }

    @Test
    void aLinkToAMissingHeadingIsReported(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"), "# What it's for\n[good](#what-its-for) [bad](page.md#what-for)\n");

        assertThat(MarkdownLinks.of(page).broken()).hasSize(1).allMatch(message -> message.contains("#what-for "));
    }

    @Test
    void codeAndTheWebAreNoRelativeLinks(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("page.md"),
                "`[no](gone.md)` [web](https://example.org/x) [mail](mailto:a@example.org)\n```\n[no](gone.md)\n```\n");

        assertThat(MarkdownLinks.of(page).targets()).isEmpty();
    }
}
