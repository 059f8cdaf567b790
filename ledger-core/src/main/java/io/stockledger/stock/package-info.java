/** The rules and facts of one SKU at one location: where promises are decided. */
@NullMarked
package io.stockledger.stock;

import org.jspecify.annotations.NullMarked;
