package io.stockledger.device.terminal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** A pseudo-terminal for a test; where the system has none, the test is skipped and says so. */
public final class SoftwareCable {

    private SoftwareCable() {}

    public static PseudoTerminal plugIn() {
        try {
            return PseudoTerminal.open();
        } catch (IOException e) {
            System.out.println("SKIPPED: " + e.getMessage());
            assumeTrue(false, String.valueOf(e.getMessage()));
            throw new AssertionError(e);
        }
    }
}
