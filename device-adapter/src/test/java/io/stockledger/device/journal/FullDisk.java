package io.stockledger.device.journal;

/** SQLite answers a full disk and a full file with the same code; a disk is harder to fill in a test. */
public final class FullDisk {

    private FullDisk() {}

    /** The file may grow no further. */
    public static void fill(Journal journal) {
        // SQLite never goes below what is in use.
        journal.limitPages(1).join();
    }

    public static void makeRoom(Journal journal) {
        journal.limitPages(1_000_000).join();
    }
}
