package io.stockledger.api.rest;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Splits bytes into lines, none of which is kept beyond a length. */
final class LineReader {

    private final InputStream in;
    private final int longest;
    private final long most;
    private final byte[] some = new byte[16 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;
    private long read;
    private long number;
    private boolean tooLong;
    private boolean blank;

    /**
     * @param longest bytes that a line may have; the rest of a longer one is passed over
     * @param most bytes that all may have
     */
    LineReader(InputStream in, int longest, long most) {
        this.in = in;
        this.longest = longest;
        this.most = most;
    }

    /**
     * Goes on to the next line; false behind the last.
     *
     * @throws RequestRefused when there are more bytes than may be
     */
    boolean next() throws IOException {
        line.reset();
        tooLong = false;
        blank = true;
        boolean any = false;
        number++;
        while (at < end || more()) {
            any = true;
            byte b = some[at++];
            if (b == '\n') {
                return true;
            }
            blank &= b == ' ' || b == '\t' || b == '\r';
            if (line.size() < longest) {
                line.write(b);
            } else {
                tooLong = true;
            }
        }
        return any;
    }

    private boolean more() throws IOException {
        at = 0;
        end = in.read(some);
        read += Math.max(0, end);
        if (read > most) {
            throw new RequestRefused(Problem.of(
                    Failures.TOO_LARGE,
                    "The body has more than " + most + " bytes (expected: at most so many; nothing of this line and"
                            + " those behind it was done)."));
        }
        return end > 0;
    }

    /** The line's place, from 1. */
    long number() {
        return number;
    }

    boolean isTooLong() {
        return tooLong;
    }

    boolean isBlank() {
        return blank;
    }

    byte[] bytes() {
        return line.toByteArray();
    }
}
