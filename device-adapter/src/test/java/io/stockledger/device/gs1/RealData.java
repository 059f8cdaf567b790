package io.stockledger.device.gs1;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens a file of the folder that LEDGER_DATA names; a test without it is skipped, and says so. */
final class RealData {

    private RealData() {}

    static InputStream open(String name) throws IOException {
        String folder = System.getenv("LEDGER_DATA");
        Path file = Path.of(folder == null ? "" : folder, name);
        if (folder == null || !Files.isReadable(file)) {
            System.out.println("SKIPPED: " + name + " is not in LEDGER_DATA=" + folder);
        }
        assumeTrue(folder != null && Files.isReadable(file), name + " is not in LEDGER_DATA=" + folder);
        InputStream stream = Files.newInputStream(file);
        return name.endsWith(".gz") ? new GZIPInputStream(stream) : stream;
    }
}
