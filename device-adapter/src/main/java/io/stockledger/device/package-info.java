/**
 * Scanners on a counter or a dock, joined to the ledger.
 *
 * <p>A scan's way: {@code line} (bytes to frames) → {@code desk} → {@code gs1} and {@code scan} (what it says, what it
 * means) → {@code journal} (durable) → {@code uplink} (to the ledger) → {@code desk} (the beep).
 */
@NullMarked
package io.stockledger.device;

import org.jspecify.annotations.NullMarked;
