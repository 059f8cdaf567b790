package io.stockledger.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a command is stands once, in the .proto files; beside them only the tables that are allowed here name many. */
class StatedOnceTest {

    private static final Path CONTRACT =
            Repository.root().resolve("ledger-api/src/main/proto/stockledger/v1/ledger.proto");
    private static final Pattern COMMAND =
            Pattern.compile("rpc (\\w+)\\(stockledger\\.v1\\.\\w+\\) returns \\(Accepted\\)");
    private static final Pattern ROUTE = Pattern.compile("@(Get|Post|Put|Patch|Delete|Request)Mapping");
    private static final Pattern REFUSAL = Pattern.compile("record \\w+\\([^)]*\\) implements \\w*Refusal\\b");

    /** Any list of commands is longer; a client that sends some of them is not. */
    private static final int A_LIST = 7;

    /** The table of rules is compiled code; the demo is a client that sends every kind. */
    private static final List<String> MAY_LIST_COMMANDS = List.of("Rules.java", "Script.java");

    /** What is not in the contract: files, streams to browsers, pages, keys, views, and what no route answered. */
    private static final List<String> MAY_HAVE_ROUTES = List.of(
            "ApiKeyRoutes.java",
            "ApiPage.java",
            "CommandRoutes.java",
            "ConsoleDrift.java",
            "ConsolePages.java",
            "ConsoleWebhooks.java",
            "DriftRoutes.java",
            "OpenApiRoute.java",
            "UnansweredRequests.java",
            "ViewRoutes.java",
            "WatchRoute.java");

    @Test
    void commandsAreListedInOneTableBesideTheContract() {
        List<String> commands = commands(Repository.text(CONTRACT));
        Map<String, Long> lists = new TreeMap<>();
        sources().forEach(file -> {
            long named = named(commands, Repository.text(file));
            if (named >= A_LIST) {
                lists.put(name(file), named);
            }
        });

        assertThat(commands).hasSizeGreaterThan(14);
        assertThat(lists.keySet()).isSubsetOf(MAY_LIST_COMMANDS).contains("Rules.java");
    }

    @Test
    void routesOfTheContractAreInTheContract() {
        assertThat(sources()
                        .filter(file -> ROUTE.matcher(Repository.text(file)).find())
                        .map(StatedOnceTest::name))
                .containsExactlyInAnyOrderElementsOf(MAY_HAVE_ROUTES);
    }

    @Test
    void aRefusalStandsInTheFileOfItsFeature() {
        assertThat(sources()
                        .filter(file -> REFUSAL.matcher(Repository.text(file)).find())
                        .map(StatedOnceTest::name))
                .isNotEmpty()
                .allMatch(name -> name.endsWith("Refusal.java"));
    }

    @Test
    void csvIsWrittenInOnePlaceWhichMarksFormulas() {
        assertThat(sources()
                        .filter(file -> Repository.text(file).contains("CsvWriter"))
                        .map(StatedOnceTest::name))
                .containsExactly("SpreadsheetCsv.java");
    }

    @Test
    void aSecondListWouldBeNoticed() {
        List<String> commands = commands(Repository.text(CONTRACT));

        assertThat(named(commands, String.join(",", commands))).isEqualTo(commands.size());
        assertThat(named(commands, "ReserveStockSoon, reserveStock")).isZero();
    }

    private static Stream<Path> sources() {
        return Repository.files(Repository.root(), ".java").stream()
                .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"));
    }

    private static List<String> commands(String contract) {
        return COMMAND.matcher(contract).results().map(rpc -> rpc.group(1)).toList();
    }

    private static long named(List<String> commands, String text) {
        return commands.stream()
                .filter(command -> {
                    Matcher matcher = Pattern.compile("\\b" + command + "\\b").matcher(text);
                    return matcher.find();
                })
                .count();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
