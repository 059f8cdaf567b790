package io.stockledger.eventstore.postgres;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables that hold the facts, in a schema of their own, so that views and their versions never mix with them. */
public final class FactTables {
    /** The schema of the facts and of their migrations' history. */
    public static final String SCHEMA = "ledger";

    private FactTables() {}

    /** Creates the tables or brings them to this version; does nothing when they are. */
    public static void migrate(DataSource dataSource) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/facts")
                .load()
                .migrate();
    }
}
