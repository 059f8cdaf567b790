/** How much of an item is where, in which condition, and what of it may still be promised. */
@NullMarked
package io.stockledger.stock;

import org.jspecify.annotations.NullMarked;
