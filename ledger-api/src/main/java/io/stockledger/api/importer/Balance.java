package io.stockledger.api.importer;

/**
 * How many units of an item there are at least and at most, counting those that are opening stock. The two differ where a
 * line that cannot be read may have changed it, and by what an invoice that waits will bring in.
 */
final class Balance {

    /** More than any file holds, and no overflow when added to. */
    static final long MUCH = Long.MAX_VALUE / 4;

    private long least;
    private long most;
    private int waitsFor;

    static Balance unknown(int line) {
        Balance balance = new Balance();
        balance.most = MUCH;
        balance.waitsFor = line;
        return balance;
    }

    Balance copy() {
        Balance copy = new Balance();
        copy.least = least;
        copy.most = most;
        copy.waitsFor = waitsFor;
        return copy;
    }

    /** For which line it waits to be known how many of these must have been opening stock; 0 for none. */
    int waitsFor(long taken) {
        return taken <= least || least == most ? 0 : waitsFor;
    }

    /** @return how many of them must have been opening stock, where that is known */
    long take(long taken) {
        long missing = Math.max(0, taken - least);
        least = Math.max(0, least - taken);
        most = most == MUCH ? MUCH : Math.max(0, most - taken);
        return missing;
    }

    /** @param line 0, or the line for which they wait: whatever is done meanwhile must do without them */
    void add(long added, int line) {
        if (line == 0) {
            least += added;
        } else {
            waitsFor = line;
        }
        most = Math.min(MUCH, most + added);
    }

    /** After some line that cannot be read. */
    void doubt(Doubt doubt, int line) {
        if (doubt == Doubt.SOLD || doubt == Doubt.EITHER) {
            least = 0;
            waitsFor = line;
        }
        if (doubt == Doubt.RETURNED || doubt == Doubt.EITHER) {
            most = MUCH;
            waitsFor = line;
        }
    }
}
