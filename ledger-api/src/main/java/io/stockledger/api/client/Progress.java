package io.stockledger.api.client;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/**
 * Shows how far a long run is and how fast: on a terminal a bar that is drawn over, elsewhere a plain line now and
 * then. Writes to the stream it is given, which is standard error, because standard output holds the result.
 */
public final class Progress {

    private static final int BAR = 30;
    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PLAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream out;
    private final boolean terminal;
    private String phase = "";
    private String unit = "";
    private long total;
    private long done;
    private long startedNanos;
    private long shownNanos;

    /** @param terminal whether the stream is one that can be drawn over */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On standard error. */
    public static Progress ofProcess() {
        return new Progress(System.err, Ansi.AUTO.enabled());
    }

    /**
     * @param expected how many there will be; 0 when that is not known
     * @param what is counted, for example {@code lines}
     */
    public synchronized void begin(String name, long expected, String what) {
        phase = name;
        unit = what;
        total = expected;
        done = 0;
        startedNanos = System.nanoTime();
        shownNanos = startedNanos;
        if (terminal) {
            draw(startedNanos);
        }
    }

    public synchronized void add(long more) {
        done += more;
        long now = System.nanoTime();
        if (now - shownNanos >= (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            draw(now);
        }
    }

    public void end() {
        end(0);
    }

    public synchronized void end(long more) {
        done += more;
        draw(System.nanoTime());
        if (terminal) {
            out.println();
        }
    }

    private void draw(long now) {
        shownNanos = now;
        double seconds = Math.max(0.001, (now - startedNanos) / 1e9);
        String figures = String.format(
                Locale.ROOT, "%,d%s %s, %,.0f/s, %.0f s", done, total == 0 ? "" : of(), unit, done / seconds, seconds);
        if (terminal) {
            out.print("\r" + String.format("%-16s", phase) + bar() + " " + figures + "   ");
            out.flush();
        } else {
            out.println(phase + ": " + figures);
        }
    }

    private String of() {
        return String.format(Locale.ROOT, " of %,d", total);
    }

    private String bar() {
        if (total == 0) {
            return "";
        }
        int filled = (int) Math.min(BAR, BAR * done / total);
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
    }
}
