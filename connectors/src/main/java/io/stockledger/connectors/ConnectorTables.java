package io.stockledger.connectors;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The tables of the connectors. They have a schema of their own, because they are no view: a rebuild neither finds nor
 * makes them.
 */
public final class ConnectorTables {

    public static final String SCHEMA = "connectors";

    private ConnectorTables() {}

    /** Brings them up to date. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/connectors")
                .load()
                .migrate();
    }
}
