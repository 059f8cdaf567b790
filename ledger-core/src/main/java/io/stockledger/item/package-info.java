/** Which goods exist, in which unit, and which barcodes name them. */
@NullMarked
package io.stockledger.item;

import org.jspecify.annotations.NullMarked;
