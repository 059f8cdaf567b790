/** Exact amounts of goods in a unit. */
@NullMarked
package io.stockledger.quantity;

import org.jspecify.annotations.NullMarked;
