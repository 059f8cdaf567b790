/** Exact amounts of goods: a number and its unit. */
@NullMarked
package io.stockledger.quantity;

import org.jspecify.annotations.NullMarked;
