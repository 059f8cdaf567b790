package io.stockledger.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.projections.history.HistoryFact;
import io.stockledger.projections.history.HistoryQueries;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.projections.view.Views;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FactsAfterIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final FactLog log = new FactLog();
    private final HikariDataSource database = TestDatabase.freshPool();
    private final Views views = Views.start(
            List.of(HistoryView.ofFactsElsewhere()), log, database, TestDatabase.views(500), InstantSource.system());
    private final FactsAfter facts = new FactsAfter(new HistoryQueries(database, views), views);

    @AfterEach
    void close() {
        views.close();
        database.close();
    }

    @Test
    void whoGoesOnFromWhereThePageBeforeEndedMissesNothing() {
        log.tellMany(2_500);
        seen();
        List<Long> positions = new ArrayList<>();
        long next = 7;
        FactsPage page;
        do {
            page = facts.after(next, FactsWanted.ALL, 400, Duration.ZERO);
            positions.addAll(positions(page));
            next = page.next();
        } while (next < page.head());

        assertThat(positions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(8, 2_500).boxed().toList());
        assertThat(facts.after(next, FactsWanted.ALL, 400, Duration.ZERO))
                .isEqualTo(new FactsPage(List.of(), 2_500, 2_500));
    }

    @Test
    void whatIsNotWantedIsPassedOverAndStillMovesOn() {
        log.tellMany(3_000);
        long opened = log.append(
                "locations:all", "instruction:x", new LocationOpened("hall", "Hall", LocationKind.WAREHOUSE));
        long here = log.tell("hall", "instruction:y");
        log.tell("berlin-1", "instruction:z");
        seen();

        FactsPage named = facts.after(0, new FactsWanted(Set.of("location-opened"), Set.of()), 10, Duration.ZERO);
        assertThat(positions(named)).containsExactly(opened);
        assertThat(named.next()).isEqualTo(log.head());
        FactsPage tied = facts.after(0, new FactsWanted(Set.of(), Set.of("hall")), 10, Duration.ZERO);
        assertThat(positions(tied)).containsExactly(opened, here);
        assertThat(tied.next()).isEqualTo(log.head());
        assertThat(positions(facts.after(0, new FactsWanted(Set.of(), Set.of("hall")), 1, Duration.ZERO)))
                .containsExactly(opened);
    }

    @Test
    void whoWaitsIsToldOfTheNextFactAndOfNoneWhenTheTimeIsUp() {
        log.tellMany(5);
        seen();
        assertThat(facts.after(5, FactsWanted.ALL, 10, Duration.ofMillis(50)).facts())
                .isEmpty();

        CompletableFuture<FactsPage> waiting = CompletableFuture.supplyAsync(
                () -> facts.after(5, new FactsWanted(Set.of(), Set.of("hall")), 10, LONG));
        log.tellMany(5);
        long here = log.tell("hall", "instruction:y");

        assertThat(positions(waiting.join())).containsExactly(here);
    }

    @Test
    void whatTheHistoryCouldNotTakeIsNotPassedOver() {
        log.tellMany(10);
        seen();
        TestDatabase.update(database, """
                WITH taken AS (DELETE FROM recorded_fact WHERE position = 6 RETURNING position, stream, sequence)
                INSERT INTO parked_fact (view, sequence_key, position, stream, sequence, parked_at)
                SELECT 'history', stream, position, stream, sequence, now() FROM taken""");

        FactsPage page = facts.after(0, FactsWanted.ALL, 100, Duration.ZERO);

        assertThat(positions(page)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(page.next()).isEqualTo(5);
        assertThat(facts.after(5, FactsWanted.ALL, 100, Duration.ZERO)).isEqualTo(new FactsPage(List.of(), 5, 10));
    }

    @Test
    void whatIsFarBetweenIsLookedForInSteps() {
        log.tellMany(25_000);
        long here = log.tell("hall", "instruction:y");
        seen();
        FactsWanted atHall = new FactsWanted(Set.of(), Set.of("hall"));

        assertThat(facts.after(0, atHall, 10, Duration.ZERO)).isEqualTo(new FactsPage(List.of(), 20_000, here));
        assertThat(positions(facts.after(20_000, atHall, 10, Duration.ZERO))).containsExactly(here);
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThatThrownBy(() -> facts.after(-1, FactsWanted.ALL, 10, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> facts.after(0, FactsWanted.ALL, 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> facts.after(0, FactsWanted.ALL, 10, Duration.ofMinutes(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void seen() {
        views.awaitPosition(HistoryView.NAME, log.head(), LONG);
    }

    private static List<Long> positions(FactsPage page) {
        return page.facts().stream().map(HistoryFact::position).toList();
    }
}
