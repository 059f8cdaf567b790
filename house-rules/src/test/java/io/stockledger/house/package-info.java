/** Checks over the repository's own text. */
@NullMarked
package io.stockledger.house;

import org.jspecify.annotations.NullMarked;
