package io.stockledger.connectors;

/**
 * The tables of the connectors. They have a schema of their own, because they are no view: a rebuild neither finds nor
 * makes them.
 */
public final class ConnectorTables {

    public static final String SCHEMA = "connectors";
    public static final String MIGRATIONS = "classpath:db/connectors";

    private ConnectorTables() {}
}
