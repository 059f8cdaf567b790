package io.stockledger.device.line;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a stream of bytes into frames. Holds at most one frame of bounded length, whatever comes in. Not for use by
 * several threads.
 */
public final class FrameAssembler {

    private static final byte STX = 0x02;
    private static final byte ETX = 0x03;

    private final Framing framing;
    private final byte[] held;
    private final long silenceNanos;

    private int length;
    private long dropped;
    private boolean overflowing;
    private boolean inside;
    private boolean sawReturn;
    private long lastByteAt;

    /**
     * @param longest the most bytes of a scan, terminator not counted
     * @param silenceNanos a scan that pauses for longer is torn; its beginning is dropped
     */
    public FrameAssembler(Framing framing, int longest, long silenceNanos) {
        this.framing = framing;
        this.held = new byte[longest];
        this.silenceNanos = silenceNanos;
        this.inside = framing != Framing.STX_ETX;
    }

    /**
     * Takes bytes as they came.
     *
     * @param now any clock that only runs forward, in nanoseconds
     * @return the frames that these bytes completed, in order
     */
    public List<Frame> accept(byte[] bytes, int count, long now) {
        List<Frame> frames = new ArrayList<>();
        fallSilent(now).ifPresent(frames::add);
        for (int i = 0; i < count; i++) {
            accept(bytes[i], frames);
        }
        lastByteAt = now;
        return frames;
    }

    /** Drops the beginning of a scan if the rest did not follow in time. */
    public Optional<Frame> fallSilent(long now) {
        return isBetweenFrames() || now - lastByteAt < silenceNanos ? Optional.empty() : cutOff();
    }

    /** Drops the beginning of a scan, because the line is gone. */
    public Optional<Frame> cutOff() {
        long count = dropped + length;
        boolean tooLong = overflowing;
        startAfresh();
        return count == 0
                ? Optional.empty()
                : Optional.of(new Frame.Dropped(tooLong ? Frame.Why.TOO_LONG : Frame.Why.TORN, count));
    }

    private boolean isBetweenFrames() {
        return length == 0 && dropped == 0;
    }

    private void accept(byte value, List<Frame> frames) {
        switch (framing) {
            case CR -> endOrHold(value, value == '\r', frames);
            case LF -> endOrHold(value, value == '\n', frames);
            case LINE -> endOrHold(value, value == '\r' || value == '\n', frames);
            case CRLF -> acceptReturnAndFeed(value, frames);
            case STX_ETX -> acceptEnclosed(value, frames);
        }
    }

    private void acceptReturnAndFeed(byte value, List<Frame> frames) {
        if (sawReturn && value == '\n') {
            end(frames);
            return;
        }
        if (sawReturn) {
            sawReturn = false;
            hold((byte) '\r');
        }
        if (value == '\r') {
            sawReturn = true;
        } else {
            hold(value);
        }
    }

    private void acceptEnclosed(byte value, List<Frame> frames) {
        if (value == STX) {
            if (inside) {
                cutOff().ifPresent(frames::add);
            } else {
                endNoise(frames);
            }
            inside = true;
        } else if (!inside) {
            // Many scanners add a line end behind ETX; that is no noise.
            if (value != '\r' && value != '\n') {
                dropped++;
            }
        } else {
            endOrHold(value, value == ETX, frames);
            inside = value != ETX;
        }
    }

    private void endNoise(List<Frame> frames) {
        if (dropped > 0) {
            frames.add(new Frame.Dropped(Frame.Why.NOISE, dropped));
        }
        startAfresh();
    }

    private void endOrHold(byte value, boolean end, List<Frame> frames) {
        if (end) {
            end(frames);
        } else {
            hold(value);
        }
    }

    private void hold(byte value) {
        if (overflowing || length == held.length) {
            overflowing = true;
            dropped += length + 1L;
            length = 0;
        } else {
            held[length++] = value;
        }
    }

    private void end(List<Frame> frames) {
        if (overflowing) {
            frames.add(new Frame.Dropped(Frame.Why.TOO_LONG, dropped));
        } else if (length > 0) {
            frames.add(new Frame.Whole(new String(held, 0, length, StandardCharsets.ISO_8859_1)));
        }
        startAfresh();
    }

    private void startAfresh() {
        length = 0;
        dropped = 0;
        overflowing = false;
        sawReturn = false;
        inside = framing != Framing.STX_ETX;
    }
}
