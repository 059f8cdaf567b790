package io.stockledger.benchmarks.floor;

import io.stockledger.benchmarks.load.Load;
import io.stockledger.benchmarks.load.Measured;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;

/**
 * A floor for machines without pgbench: the same statements over JDBC, one connection and thread per client. It costs
 * the client more than pgbench does, so it is the lower floor of the two, and says so in its name.
 */
public final class JdbcFloor implements Load {

    private final DataSource database;
    private final FloorScript script;
    private final int clients;

    /** @param database unpooled */
    public JdbcFloor(DataSource database, FloorScript script, int clients) {
        this.database = database;
        this.script = script;
        this.clients = clients;
    }

    @Override
    public String name() {
        return script.name() + " (over JDBC, for want of pgbench), " + clients
                + (clients == 1 ? " client" : " clients");
    }

    @Override
    public Measured run(Duration slice) throws Exception {
        List<Connection> connections = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            for (int i = 0; i < clients; i++) {
                connections.add(database.getConnection());
            }
            long end = System.nanoTime() + slice.toNanos();
            List<Future<Histogram>> results = new ArrayList<>();
            for (Connection connection : connections) {
                results.add(threads.submit(transactions(connection, end)));
            }
            Histogram all = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
            for (Future<Histogram> result : results) {
                all.add(result.get());
            }
            return new Measured(
                    all.getTotalCount() * (double) script.rows() * 1e9 / slice.toNanos(),
                    all.getValueAtPercentile(50) / 1e3,
                    all.getValueAtPercentile(99) / 1e3,
                    all.getMaxValue() / 1e3,
                    0);
        } finally {
            threads.shutdownNow();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private Callable<Histogram> transactions(Connection connection, long end) throws SQLException {
        List<PreparedStatement> statements = new ArrayList<>();
        List<PreparedStatement> takingTheItem = new ArrayList<>();
        for (String sql : script.jdbc()) {
            PreparedStatement statement = connection.prepareStatement(sql);
            statements.add(statement);
            if (sql.contains("?")) {
                takingTheItem.add(statement);
            }
        }
        return () -> {
            Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
            for (long before = System.nanoTime(); before < end; ) {
                int item = script.anyItem();
                for (PreparedStatement statement : takingTheItem) {
                    statement.setInt(1, item);
                }
                for (PreparedStatement statement : statements) {
                    statement.execute();
                }
                long now = System.nanoTime();
                latencies.recordValue((now - before) / 1_000);
                before = now;
            }
            return latencies;
        };
    }
}
