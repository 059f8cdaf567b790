/** The one writer: commands go in, decisions are made in memory a batch at a time, facts go out in one append. */
@NullMarked
package io.stockledger.ledger;

import org.jspecify.annotations.NullMarked;
