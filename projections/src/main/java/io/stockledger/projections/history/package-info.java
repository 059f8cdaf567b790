/** Every fact, for people: what happened, who told it, when and why. */
@NullMarked
package io.stockledger.projections.history;

import org.jspecify.annotations.NullMarked;
