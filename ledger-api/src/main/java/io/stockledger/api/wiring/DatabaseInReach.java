package io.stockledger.api.wiring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** That a PostgreSQL of the operator's own lets a role in; asked first, because each way of failing is another mistake. */
final class DatabaseInReach {

    /** Classes and codes of SQLSTATE. */
    private static final String NOT_LET_IN = "28";

    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String NOT_CONNECTED = "08";

    private DatabaseInReach() {}

    /**
     * @param address for people
     * @param setting whose role it is, for example {@code stockledger.postgres.user}
     * @throws StartRefused with the setting that is most likely wrong
     */
    static void require(DataSource connections, String address, String setting, String role) {
        try (Connection unused = connections.getConnection()) {
            return;
        } catch (SQLException e) {
            throw new StartRefused(told(e, address, setting, role), e);
        }
    }

    private static String told(SQLException e, String address, String setting, String role) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        String said = e.getMessage();
        if (state.startsWith(NOT_LET_IN)) {
            return setting + ": role '" + role + "' is not let in at " + address + ": " + said
                    + " (expected: a role that is there, with its password in "
                    + setting.replaceFirst("user$", "password")
                    + " or " + setting.replaceFirst("user$", "password-file") + ")";
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            return "stockledger.postgres.url: there is no such database at " + address
                    + " (expected: one that its administrator has made; docs/postgresql.md says how)";
        }
        if (state.startsWith(NOT_CONNECTED)) {
            return "stockledger.postgres.url: no PostgreSQL answers at " + address
                    + " (expected: one that runs and is reached from this machine)";
        }
        return "stockledger.postgres.url: " + address + ": " + said
                + " (expected: a PostgreSQL that takes connections)";
    }
}
