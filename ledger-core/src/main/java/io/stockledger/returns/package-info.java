/** Goods that customers bring back. */
@NullMarked
package io.stockledger.returns;

import org.jspecify.annotations.NullMarked;
