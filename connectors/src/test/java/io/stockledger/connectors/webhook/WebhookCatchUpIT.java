package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** An endpoint that begins in the past is handed over to the reaction while the reaction stands still. */
class WebhookCatchUpIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void theHandOverWaitsForABatchThatTheReactionIsIn() throws Exception {
        FactLog log = new FactLog();
        log.tellMany(10);
        try (HikariDataSource database = TestDatabase.freshPool();
                Receiver receiver = Receiver.answering(200);
                Node node = Node.start(database, log, Node.workers(Node.QUICK), InstantSource.system());
                Connection batch = database.getConnection();
                Statement inBatch = batch.createStatement()) {
            node.views().awaitPosition(WebhookReaction.NAME, 10, LONG.dividedBy(2));
            await().atMost(LONG)
                    .until(() -> TestDatabase.texts(
                                            database,
                                            "SELECT view FROM view_position WHERE view = 'webhooks' AND behind_since IS NULL")
                                    .size()
                            == 1);
            batch.setAutoCommit(false);
            // As the reaction does first of all in a batch, before it asks who listens.
            inBatch.execute("UPDATE view_position SET updated_at = now() WHERE view = 'webhooks'");
            String id = node.endpoint(receiver.url()).endpoint().id();

            await().atMost(LONG).until(() -> !TestDatabase.texts(database, """
                                    SELECT query FROM pg_stat_activity
                                    WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE view_position%'""").isEmpty());
            assertThat(node.endpoints().find(id).orElseThrow().live()).isFalse();
            batch.commit();
            node.awaitLive(id);
        }
    }
}
