/** Sales and reservations as documents. */
@NullMarked
package io.stockledger.order;

import org.jspecify.annotations.NullMarked;
