package io.stockledger.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.api.demo.Shelves.Spot;
import io.stockledger.v1.Command;
import io.stockledger.v1.Occasion;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final Week WEEK = Week.parse("2026-W46");
    private final Story story = new Story(WEEK, 1);

    @Test
    void theSameWeekAndSeedTellTheSameStoryToTheLetter() {
        assertThat(commands(new Story(WEEK, 1))).isEqualTo(commands(story));
        assertThat(ErpSnapshot.csv(new Story(WEEK, 1), 1)).isEqualTo(ErpSnapshot.csv(story, 1));
        assertThat(commands(new Story(WEEK, 2))).isNotEqualTo(commands(story));
    }

    @Test
    void itHasThousandsOfSalesAndSomeOfEverythingElse() {
        Map<Command.CommandCase, Long> kinds =
                commands(story).stream().collect(Collectors.groupingBy(Command::getCommandCase, Collectors.counting()));

        assertThat(kinds.get(Command.CommandCase.RECORD_SALE)).isBetween(4_000L, 6_500L);
        assertThat(kinds.keySet())
                .contains(
                        Command.CommandCase.RESERVE_STOCK,
                        Command.CommandCase.CONFIRM_RESERVATION,
                        Command.CommandCase.RELEASE_RESERVATION,
                        Command.CommandCase.PROCESS_RETURN,
                        Command.CommandCase.RECEIVE_GOODS,
                        Command.CommandCase.TRANSFER_STOCK,
                        Command.CommandCase.RECORD_COUNT,
                        Command.CommandCase.ADJUST_STOCK,
                        Command.CommandCase.RECLASSIFY_STOCK,
                        Command.CommandCase.SET_SAFETY_STOCK,
                        Command.CommandCase.SET_CHANNEL_PROTECTION);
        assertThat(commands(story)).hasSizeLessThan(10_000);
        assertThat(kinds.get(Command.CommandCase.CONFIRM_RESERVATION))
                .isLessThan(kinds.get(Command.CommandCase.RESERVE_STOCK));
    }

    @Test
    void everythingHappensInItsWeekBeforeTheErpTakesItsSnapshot() {
        assertThat(commands(story))
                .allSatisfy(command -> assertThat(time(command)).isBetween(WEEK.at(0, 0), WEEK.at(6, Story.DUSK)));
    }

    @Test
    void theOfflineTillsSalesComeLastThoughTheyHappenedEarlier() {
        List<Command> all = commands(story);
        String till = Story.OFFLINE_SHOP.till(Story.OFFLINE_TILL);
        int first = all.size()
                - (int) story.soldOffline().stream().map(Sold::sale).distinct().count();

        assertThat(story.soldOffline()).hasSizeGreaterThan(30);
        assertThat(all.subList(first, all.size()))
                .allMatch(command -> command.getRecordSale().getRegister().equals(till)
                        && Week.of(time(command)).equals(WEEK)
                        && time(command).isBefore(WEEK.at(Story.OFFLINE_DAY + 1, 0)));
        assertThat(time(all.get(first - 1))).isAfter(WEEK.at(6, 0));
    }

    @Test
    void itemsHaveDistinctValidBarcodesForUseWithinOneCompany() {
        Set<String> codes = new HashSet<>();
        assertThat(story.assortment()).hasSizeBetween(250, 350).allSatisfy(goods -> {
            assertThat(codes.add(goods.barcode())).isTrue();
            assertThat(goods.barcode()).matches("29\\d{11}");
            assertThat(checkSum(goods.barcode()) % 10).isZero();
            assertThat(checkSum(goods.caseBarcode()) % 10).isZero();
        });
        assertThat(Assortment.ean13("400638133393")).isEqualTo("4006381333931");
    }

    @Test
    void theErpIsWrongInFewPlacesOnly() {
        List<String> lines = ErpSnapshot.csv(story, 1).lines().skip(1).toList();
        Map<Spot, Long> real = story.shelves().onHand();
        Set<String> right = real.entrySet().stream()
                .map(entry -> entry.getKey().place().code() + ","
                        + entry.getKey().sku() + "," + Goods.quantity(entry.getValue()))
                .collect(Collectors.toSet());

        assertThat(lines.stream().filter(line -> !right.contains(line)).count()).isBetween(25L, 200L);
        assertThat(lines).hasSizeGreaterThan(1_000).anyMatch(line -> line.contains("OLD-CODE-4711"));
    }

    @Test
    void aWeekIsWrittenAsIsoDoes() {
        assertThat(WEEK).hasToString("2026-W46");
        assertThat(WEEK.at(0, 3_600)).isEqualTo(Instant.parse("2026-11-09T00:00:00Z"));
        assertThat(Week.lastBefore(Instant.parse("2026-11-21T20:00:00Z"))).isEqualTo(WEEK);
        assertThat(Week.lastBefore(Instant.parse("2026-11-15T22:59:59Z"))).isEqualTo(Week.parse("2026-W45"));
        assertThatThrownBy(() -> Week.parse("2026-46")).isInstanceOf(DateTimeException.class);
    }

    private static int checkSum(String code) {
        int sum = 0;
        for (int i = 0; i < code.length(); i++) {
            sum += Character.digit(code.charAt(i), 10) * (i % 2 == 0 ? 1 : 3);
        }
        return sum;
    }

    private static List<Command> commands(Story story) {
        return story.scenes().stream().map(scene -> scene.command().build()).toList();
    }

    private static Instant time(Command command) {
        Object message = command.getField(command.getDescriptorForType()
                .findFieldByNumber(command.getCommandCase().getNumber()));
        com.google.protobuf.Message body = (com.google.protobuf.Message) message;
        Occasion occasion = (Occasion) body.getField(body.getDescriptorForType().findFieldByName("occasion"));
        return Instant.ofEpochSecond(occasion.getBusinessTime().getSeconds());
    }
}
