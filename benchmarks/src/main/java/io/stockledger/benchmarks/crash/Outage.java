package io.stockledger.benchmarks.crash;

/** How a database is away. */
enum Outage {
    /** Every connection is cut, and every new one too. */
    CUT_OFF,
    /** All its processes get SIGKILL; whoever brought it along starts it again, but nobody reaches it before the end. */
    KILLED,
    /** All its processes get SIGSTOP: connections stay open and nothing answers. */
    FROZEN
}
