package io.stockledger.device.terminal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import io.stockledger.device.line.ScanLine;
import io.stockledger.device.line.ScanSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A scanner that types like a keyboard, read as a Linux input device and held alone, so that its digits appear in no
 * other window. It has no way back: nothing beeps.
 */
public final class KeyboardWedgeSource implements ScanSource {

    /** EVIOCGRAB of linux/input.h. */
    private static final NativeLong GRAB = new NativeLong(0x40044590L);

    private static final int WAIT_MILLIS = 200;
    private static final int EVENT_LENGTH = 24;
    private static final int EVENTS_AT_ONCE = 64;

    private final Path eventDevice;

    /** @param eventDevice such as {@code /dev/input/by-id/usb-…-event-kbd} */
    public KeyboardWedgeSource(Path eventDevice) {
        this.eventDevice = eventDevice;
    }

    @Override
    public ScanLine open() throws IOException {
        if (!Files.exists(eventDevice) || Files.isDirectory(eventDevice)) {
            throw new IOException("event device: " + eventDevice + " is not there (expected: below /dev/input)");
        }
        try {
            int descriptor = LinuxCalls.C.open(eventDevice.toString(), LinuxCalls.O_RDONLY | LinuxCalls.O_NONBLOCK);
            try {
                LinuxCalls.C.ioctl(descriptor, GRAB, new NativeLong(1));
            } catch (LastErrorException e) {
                LinuxCalls.C.close(descriptor);
                throw new IOException(
                        "event device: " + eventDevice
                                + " cannot be held alone (expected: an input device that no other" + " program holds)",
                        e);
            }
            return new EventLine(descriptor);
        } catch (LastErrorException e) {
            throw new IOException(
                    "event device: " + eventDevice + " cannot be opened: " + e.getMessage()
                            + " (expected: a member of the group input)",
                    e);
        }
    }

    @Override
    public String describe() {
        return "keyboard wedge " + eventDevice;
    }

    @Override
    public boolean opensAgain() {
        return true;
    }

    /** Bytes of {@code struct input_event} from an open file. */
    static final class EventLine implements ScanLine {

        private final int descriptor;
        private final KeyStrokes keys = new KeyStrokes();

        EventLine(int descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public int read(byte[] buffer) {
            try (Memory poll = new Memory(8)) {
                poll.setInt(0, descriptor);
                poll.setShort(4, LinuxCalls.POLLIN);
                poll.setShort(6, (short) 0);
                if (LinuxCalls.C.poll(poll, new NativeLong(1), WAIT_MILLIS) == 0) {
                    return 0;
                }
                byte[] events = new byte[EVENT_LENGTH * Math.min(EVENTS_AT_ONCE, buffer.length)];
                int count = LinuxCalls.C
                        .read(descriptor, events, new NativeLong(events.length))
                        .intValue();
                return count <= 0
                        ? ENDED
                        : keys.characters(ByteBuffer.wrap(events, 0, count).order(ByteOrder.nativeOrder()), buffer);
            } catch (LastErrorException e) {
                return ENDED;
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            throw new IOException("a keyboard wedge takes no bytes");
        }

        @Override
        public void close() {
            LinuxCalls.C.close(descriptor);
        }
    }
}
