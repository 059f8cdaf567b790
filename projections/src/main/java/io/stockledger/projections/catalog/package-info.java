/** Which items, barcodes and locations are known. */
@NullMarked
package io.stockledger.projections.catalog;

import org.jspecify.annotations.NullMarked;
