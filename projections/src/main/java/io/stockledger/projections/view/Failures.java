package io.stockledger.projections.view;

import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a fact that a view cannot take from a database or a store that does not work. */
final class Failures {

    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";

    private Failures() {}

    /** Whether the facts may be at fault, so that others could still be taken. */
    static boolean isOfTheFacts(Throwable failure) {
        @Nullable SQLException sql = sqlException(failure);
        if (sql != null) {
            String state = sql.getSQLState() == null ? "" : sql.getSQLState();
            return state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION);
        }
        return !(failure instanceof StoreUnavailable)
                && (failure instanceof RuntimeException || failure instanceof AssertionError);
    }

    private static @Nullable SQLException sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
