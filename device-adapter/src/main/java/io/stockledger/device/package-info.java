/** Scanners to ledger commands, no read lost. */
@NullMarked
package io.stockledger.device;

import org.jspecify.annotations.NullMarked;
