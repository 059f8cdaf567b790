/** The one writer: commands in, facts or refusals out. */
@NullMarked
package io.stockledger.decision;

import org.jspecify.annotations.NullMarked;
