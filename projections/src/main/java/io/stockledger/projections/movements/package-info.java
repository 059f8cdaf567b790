/** When units came and went, in business time. */
@NullMarked
package io.stockledger.projections.movements;

import org.jspecify.annotations.NullMarked;
