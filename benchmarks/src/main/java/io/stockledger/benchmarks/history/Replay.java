package io.stockledger.benchmarks.history;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.availability.AvailabilityView;
import io.stockledger.projections.view.ViewSettings;
import io.stockledger.projections.view.Views;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Availability from the first fact on, against merely reading and parsing the same facts. */
public final class Replay implements Benchmark {

    private static final int MANY = 1_000_000;
    private static final int FEW = 100_000;
    private static final int ITEMS = 10_000;
    private static final int ROUNDS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final double GOAL_PER_SECOND = 50_000;
    private static final double GOAL_OF_READING = 0.3;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String shows() {
        return "1,000,000 facts into the availability view (100,000 with --quick) against reading and parsing them";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        int count = bench.pace().quick() ? FEW : MANY;
        Database database = bench.freshDatabase("replay");
        Past past = bench.using(new Past(database));
        bench.progress().say("appending " + count + " facts of " + ITEMS + " items");
        past.trade(count, ITEMS);
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("classpath:db/migration", "classpath:db/facts-here")
                .load()
                .migrate();
        long head = past.store().head();
        double[] reading = new double[ROUNDS];
        double[] folding = new double[ROUNDS];
        bench.progress().say("warming up");
        read(past.store(), Math.min(head, FEW));
        replay(past, Math.min(head, FEW));
        for (int round = 0; round < ROUNDS; round++) {
            reading[round] = head / read(past.store(), head);
            empty(past.pool());
            folding[round] = head / replay(past, head);
            bench.progress()
                    .say(String.format(
                            "round %d of %d: read and parsed %,.0f/s, replayed %,.0f/s",
                            round + 1, ROUNDS, reading[round], folding[round]));
        }
        Arrays.sort(reading);
        Arrays.sort(folding);
        bench.note(head + " facts of " + ITEMS + " items; a fact of a document counts, though the view only skips it");
        double median = folding[ROUNDS / 2];
        return new Verdict(
                List.of(
                        Figure.of("replayed into availability", "facts/s", median, Goal.atLeast(GOAL_PER_SECOND)),
                        Figure.against(
                                "replayed ÷ merely read and parsed",
                                "facts/s",
                                median,
                                reading[ROUNDS / 2],
                                Goal.atLeast(GOAL_OF_READING))),
                bench.notes());
    }

    /** @return seconds */
    private static double read(FactFeed feed, long until) throws InterruptedException {
        long begin = System.nanoTime();
        try (FactFeed.Reader reader = feed.open(0)) {
            for (long position = 0; position < until; ) {
                List<StoredFact> facts = reader.next(ViewSettings.standard().mostPerBatch(), Duration.ofSeconds(5));
                position = facts.get(facts.size() - 1).position();
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    /** @return seconds */
    private static double replay(Past past, long until) {
        long begin = System.nanoTime();
        try (Views views = Views.start(
                List.of(new AvailabilityView()),
                past.store(),
                past.pool(),
                ViewSettings.standard(),
                InstantSource.system())) {
            views.awaitPosition(AvailabilityView.NAME, until, WITHIN);
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static void empty(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE view_position, " + String.join(", ", new AvailabilityView().tables()));
        }
    }
}
