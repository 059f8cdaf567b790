package io.stockledger.device.simulate;

import io.stockledger.device.line.ControlCharacters;
import io.stockledger.device.line.Framing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Sends recorded scans as a scanner would, with the mishaps that it was asked for. */
public final class SimulatedScanner {

    private static final int LATE_MILLIS = 120;

    /** Where the bytes go. */
    public interface Cable {
        void send(byte[] bytes) throws IOException;
    }

    /** Lets time pass. */
    public interface Pause {
        void millis(int millis) throws InterruptedException;
    }

    private final Framing framing;
    private final Mishaps mishaps;
    private final Cable cable;
    private final Pause pause;
    private final Random random;

    public SimulatedScanner(Framing framing, Mishaps mishaps, Cable cable, Pause pause) {
        this.framing = framing;
        this.mishaps = mishaps;
        this.cable = cable;
        this.pause = pause;
        this.random = new Random(mishaps.seed());
    }

    /** How many scans were sent, whole and with each mishap. */
    public record Tally(int whole, int torn, int doubled, int late, int noisy) {
        @Override
        public String toString() {
            return whole + " whole, " + torn + " torn, " + doubled + " doubled, " + late + " late, " + noisy + " noisy";
        }
    }

    /**
     * The scans of a recording: one a line, {@code #} begins a comment, control characters as {@code <GS>} or
     * {@code <hex>}.
     */
    public static List<String> scansOf(List<String> lines) {
        List<String> scans = new ArrayList<>();
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                scans.add(ControlCharacters.meant(line.strip()));
            }
        }
        return scans;
    }

    /** Sends the scans one after the other, {@code betweenMillis} apart. */
    public Tally send(List<String> scans, int betweenMillis) throws IOException, InterruptedException {
        int[] counts = new int[5];
        for (String scan : scans) {
            byte[] bytes = framed(scan);
            if (random.nextDouble() < mishaps.noisy()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                counts[4]++;
            } else if (random.nextDouble() < mishaps.torn()) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                counts[1]++;
            } else {
                counts[0]++;
            }
            if (random.nextDouble() < mishaps.late()) {
                int cut = random.nextInt(bytes.length + 1);
                cable.send(Arrays.copyOf(bytes, cut));
                pause.millis(LATE_MILLIS);
                bytes = Arrays.copyOfRange(bytes, cut, bytes.length);
                counts[3]++;
            }
            cable.send(bytes);
            if (random.nextDouble() < mishaps.doubled()) {
                cable.send(framed(scan));
                counts[2]++;
            }
            pause.millis(betweenMillis);
        }
        return new Tally(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private byte[] framed(String scan) {
        String framed = switch (framing) {
            case CR -> scan + "\r";
            case LF, LINE -> scan + "\n";
            case CRLF -> scan + "\r\n";
            case STX_ETX -> "\u0002" + scan + "\u0003";
        };
        return framed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
