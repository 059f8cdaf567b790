/** Goods receipts as documents. */
@NullMarked
package io.stockledger.receiving;

import org.jspecify.annotations.NullMarked;
