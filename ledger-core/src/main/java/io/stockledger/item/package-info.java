/** What may be stocked: SKU, unit, barcodes with pack size. */
@NullMarked
package io.stockledger.item;

import org.jspecify.annotations.NullMarked;
