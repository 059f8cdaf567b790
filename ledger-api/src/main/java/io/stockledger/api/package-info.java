/** The runnable service and its edges. */
@NullMarked
package io.stockledger.api;

import org.jspecify.annotations.NullMarked;
