/** Which places hold stock. */
@NullMarked
package io.stockledger.location;

import org.jspecify.annotations.NullMarked;
