package io.stockledger.connectors.webhook;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.connectors.reaction.WorkerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** A node in a process of its own, to be killed. The same facts each time: {@code NodeProcess url user password facts}. */
final class NodeProcess {

    private NodeProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        FactLog log = new FactLog();
        log.tellMany(Integer.parseInt(arguments[3]));
        HikariDataSource database = TestDatabase.pool(arguments[0], arguments[1], arguments[2]);
        try (Node node = Node.start(database, log, settings(), InstantSource.system())) {
            System.out.println("started " + node.endpoints().list().size());
            new CountDownLatch(1).await();
        }
    }

    /** What a killed one had begun is soon taken up. */
    private static WorkerSettings settings() {
        WorkerSettings usual = Node.workers(Node.QUICK);
        return new WorkerSettings(
                usual.atOnce(),
                usual.atOncePerTarget(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                usual.look(),
                usual.retries(),
                usual.failuresToOpen(),
                usual.openFor(),
                usual.longestOpen(),
                usual.keepDone(),
                usual.keepParked());
    }
}
