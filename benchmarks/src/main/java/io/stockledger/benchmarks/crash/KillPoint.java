package io.stockledger.benchmarks.crash;

/** When the service is killed. */
enum KillPoint {
    /** At any moment. */
    AT_RANDOM,
    /** The writer has sent its append; PostgreSQL never gets it. */
    BEFORE_APPEND,
    /** PostgreSQL has committed the append; the writer never learns. */
    AFTER_APPEND,
    /** A caller has just got its answer. */
    AFTER_REPLY,
    /** A view has written its rows and sends its position; PostgreSQL never gets that. */
    BETWEEN_VIEW_AND_TOKEN
}
