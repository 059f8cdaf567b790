/** Sales. */
@NullMarked
package io.stockledger.order;

import org.jspecify.annotations.NullMarked;
