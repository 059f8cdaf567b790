/** Exact amounts of money: a number and its currency. */
@NullMarked
package io.stockledger.money;

import org.jspecify.annotations.NullMarked;
