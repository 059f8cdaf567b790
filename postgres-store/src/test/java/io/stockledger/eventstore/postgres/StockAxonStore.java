package io.stockledger.eventstore.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;

/** Axon's own JDBC engine as it comes; its transactions belong to the thread that inserts. */
final class StockAxonStore implements HeldAppends, ConnectionProvider {
    private static final ThreadLocal<Connection> HELD = new ThreadLocal<>();

    private final DataSource dataSource;
    private final JdbcEventStorageEngine engine;

    StockAxonStore(DataSource dataSource) {
        this.dataSource = dataSource;
        this.engine = JdbcEventStorageEngine.builder()
                .connectionProvider(this)
                .transactionManager(NoTransactionManager.instance())
                .eventSerializer(TestStore.SERIALIZER)
                .snapshotSerializer(TestStore.SERIALIZER)
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
    }

    @Override
    public EventStorageEngine engine() {
        return engine;
    }

    @Override
    public Held insert(List<? extends DomainEventMessage<?>> events) throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        HELD.set(connection);
        try {
            engine.appendEvents(events);
        } finally {
            HELD.remove();
        }
        return () -> {
            connection.commit();
            connection.close();
        };
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = HELD.get();
        return connection == null ? dataSource.getConnection() : leftOpen(connection);
    }

    /** The engine closes what it borrows; commit and close of a held one are the test's. */
    private static Connection leftOpen(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close") || method.getName().equals("commit")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
