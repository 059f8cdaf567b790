package io.stockledger.connectors.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.ledger.StoredFact;
import io.stockledger.projections.view.View;
import io.stockledger.projections.view.Views;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Effects and position are one: a node that dies between them has written neither. */
class KilledFoldIT {

    @Test
    void eachEffectIsWrittenOnceThoughTheConnectionDiesBetweenBatchAndCommit() {
        FactLog log = new FactLog();
        AtomicInteger deaths = new AtomicInteger();
        TestTenant tenant = TestTenant.of("a", TestTenant.GOOD).with("b", TestTenant.GOOD);
        try (HikariDataSource database = TestDatabase.freshPool();
                Views views = Views.start(
                        List.of(new Mortal(new ReactionView(tenant, InstantSource.system()), deaths)),
                        log,
                        database,
                        TestDatabase.views(50),
                        InstantSource.system())) {
            log.tellMany(2_000);
            views.awaitPosition(TestTenant.NAME, 2_000, Duration.ofSeconds(60));

            assertThat(TestDatabase.count(database, "true")).isEqualTo(4_000);
            assertThat(
                            TestDatabase.texts(
                                    database,
                                    "SELECT target || count(DISTINCT position) FROM connectors.effect GROUP BY target ORDER BY 1"))
                    .containsExactly("a2000", "b2000");
            assertThat(deaths).hasPositiveValue();
        }
    }

    /** Its connection dies, now and then, when all is written and nothing is committed. */
    private record Mortal(View view, AtomicInteger deaths, Random random) implements View {

        private Mortal(View view, AtomicInteger deaths) {
            this(view, deaths, new Random(3));
        }

        @Override
        public String name() {
            return view.name();
        }

        @Override
        public List<String> tables() {
            return view.tables();
        }

        @Override
        public Optional<String> sequenceKey(StoredFact fact) {
            return view.sequenceKey(fact);
        }

        @Override
        public void apply(List<StoredFact> facts, Connection connection) throws SQLException {
            view.apply(facts, connection);
            if (random.nextInt(4) == 0) {
                deaths.incrementAndGet();
                connection.abort(Runnable::run);
            }
        }
    }
}
