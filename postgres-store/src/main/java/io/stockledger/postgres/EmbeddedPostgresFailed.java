package io.stockledger.postgres;

import java.nio.file.Path;

/** The embedded PostgreSQL can't be had; every message ends with the one setting that leads to a PostgreSQL of one's own. */
public final class EmbeddedPostgresFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String WAY_OUT =
            " To use a PostgreSQL of your own instead, set STOCKLEDGER_POSTGRES_URL (stockledger.postgres.url), for"
                    + " example jdbc:postgresql://localhost:5432/stockledger?user=stockledger&password=...";

    private final boolean becauseOfAnotherOwner;

    EmbeddedPostgresFailed(String message) {
        this(message, false);
    }

    private EmbeddedPostgresFailed(String message, boolean becauseOfAnotherOwner) {
        super(message + WAY_OUT);
        this.becauseOfAnotherOwner = becauseOfAnotherOwner;
    }

    EmbeddedPostgresFailed(String message, Throwable cause) {
        super(message + WAY_OUT, cause);
        this.becauseOfAnotherOwner = false;
    }

    static EmbeddedPostgresFailed folderInUse(Path folder, String owner) {
        return new EmbeddedPostgresFailed(
                "The data folder " + folder + " is in use by " + owner
                        + " (expected: one owner; stop that one, or give this one a folder of its own).",
                true);
    }

    /** Whether the folder works but belongs to another process at the moment. */
    public boolean isBecauseOfAnotherOwner() {
        return becauseOfAnotherOwner;
    }
}
