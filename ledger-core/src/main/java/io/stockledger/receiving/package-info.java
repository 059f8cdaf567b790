/** Goods that come in from suppliers. */
@NullMarked
package io.stockledger.receiving;

import org.jspecify.annotations.NullMarked;
