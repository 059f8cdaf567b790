/** What the ledger and an ERP's snapshot disagree on. */
@NullMarked
package io.stockledger.projections.drift;

import org.jspecify.annotations.NullMarked;
