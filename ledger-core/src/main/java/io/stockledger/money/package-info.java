/** Amounts of money, as snapshots on documents; the ledger never computes with prices. */
@NullMarked
package io.stockledger.money;

import org.jspecify.annotations.NullMarked;
