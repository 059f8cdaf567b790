/** Returned goods as documents. */
@NullMarked
package io.stockledger.returns;

import org.jspecify.annotations.NullMarked;
