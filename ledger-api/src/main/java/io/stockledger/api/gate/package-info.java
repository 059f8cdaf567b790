/** The one way in for both wires: what a caller may do, and what the ledger and its views answer. */
@NullMarked
package io.stockledger.api.gate;

import org.jspecify.annotations.NullMarked;
