/** Brings files of other systems into the ledger, as a client of its public API. */
@NullMarked
package io.stockledger.api.importer;

import org.jspecify.annotations.NullMarked;
