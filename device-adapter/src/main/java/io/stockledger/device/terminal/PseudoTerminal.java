package io.stockledger.device.terminal;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A serial cable in software. What is written here is read by whoever opens {@link #path} as a serial port, and the
 * other way round. Closing it is pulling the plug.
 */
public final class PseudoTerminal implements Closeable {

    private static final int NAME_LENGTH = 128;
    /** Larger than struct termios on every Linux. */
    private static final int TERMIOS_LENGTH = 256;

    private final int master;
    private final int slave;
    private final String path;

    private PseudoTerminal(int master, int slave, String path) {
        this.master = master;
        this.slave = slave;
        this.path = path;
    }

    /**
     * Makes a new pair, raw, so that every byte passes unchanged.
     *
     * @throws IOException if the system has none to give, or is not Linux
     */
    public static PseudoTerminal open() throws IOException {
        try {
            int master = LinuxCalls.C.posix_openpt(LinuxCalls.O_RDWR | LinuxCalls.O_NOCTTY);
            LinuxCalls.C.grantpt(master);
            LinuxCalls.C.unlockpt(master);
            byte[] name = new byte[NAME_LENGTH];
            LinuxCalls.C.ptsname_r(master, name, new NativeLong(name.length));
            int end = 0;
            while (name[end] != 0) {
                end++;
            }
            String path = new String(name, 0, end, StandardCharsets.US_ASCII);
            // Held open, so that bytes wait for a reader instead of being lost before one is there.
            int slave = LinuxCalls.C.open(path, LinuxCalls.O_RDWR | LinuxCalls.O_NOCTTY);
            try (Memory termios = new Memory(TERMIOS_LENGTH)) {
                LinuxCalls.C.tcgetattr(slave, termios);
                LinuxCalls.C.cfmakeraw(termios);
                LinuxCalls.C.tcsetattr(slave, 0, termios);
            }
            return new PseudoTerminal(master, slave, path);
        } catch (LastErrorException | UnsatisfiedLinkError e) {
            throw new IOException("pseudo-terminal: cannot be made: " + e.getMessage(), e);
        }
    }

    /** The port to open. */
    public String path() {
        return path;
    }

    public void write(byte[] bytes) throws IOException {
        try {
            int written = 0;
            while (written < bytes.length) {
                byte[] rest = Arrays.copyOfRange(bytes, written, bytes.length);
                written += LinuxCalls.C
                        .write(master, rest, new NativeLong(rest.length))
                        .intValue();
            }
        } catch (LastErrorException e) {
            throw new IOException("pseudo-terminal: " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * What the other side wrote, if anything comes in time.
     *
     * @return empty if nothing did
     */
    public byte[] read(int waitMillis) throws IOException {
        try (Memory descriptor = new Memory(8)) {
            descriptor.setInt(0, master);
            descriptor.setShort(4, LinuxCalls.POLLIN);
            descriptor.setShort(6, (short) 0);
            if (LinuxCalls.C.poll(descriptor, new NativeLong(1), waitMillis) == 0) {
                return new byte[0];
            }
            byte[] buffer = new byte[4_096];
            int count = LinuxCalls.C
                    .read(master, buffer, new NativeLong(buffer.length))
                    .intValue();
            return Arrays.copyOf(buffer, count);
        } catch (LastErrorException e) {
            throw new IOException("pseudo-terminal: " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            LinuxCalls.C.close(slave);
            LinuxCalls.C.close(master);
        } catch (LastErrorException e) {
            throw new IOException("pseudo-terminal: " + path + ": " + e.getMessage(), e);
        }
    }
}
