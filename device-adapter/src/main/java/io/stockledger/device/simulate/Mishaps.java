package io.stockledger.device.simulate;

/**
 * What goes wrong on a line, each as a share of scans from 0 to 1.
 *
 * @param torn the scan breaks off before its terminator
 * @param doubled the scan is sent twice at once
 * @param late the scan pauses in the middle
 * @param noisy a byte of the scan is another one
 * @param seed the same seed gives the same mishaps
 */
public record Mishaps(double torn, double doubled, double late, double noisy, long seed) {

    /** A good cable. */
    public static final Mishaps NONE = new Mishaps(0, 0, 0, 0, 0);

    public Mishaps {
        check("torn", torn);
        check("doubled", doubled);
        check("late", late);
        check("noisy", noisy);
    }

    private static void check(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + ": " + share + " (expected: from 0 to 1)");
        }
    }
}
