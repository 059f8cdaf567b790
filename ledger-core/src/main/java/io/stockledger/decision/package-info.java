/** How a rule looks at the ledger and what it answers. */
@NullMarked
package io.stockledger.decision;

import org.jspecify.annotations.NullMarked;
