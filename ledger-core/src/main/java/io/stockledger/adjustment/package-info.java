/** Corrections, counts, transfers and changes of condition. */
@NullMarked
package io.stockledger.adjustment;

import org.jspecify.annotations.NullMarked;
