/** What every document, command, fact and refusal of the ledger has in common. */
@NullMarked
package io.stockledger.document;

import org.jspecify.annotations.NullMarked;
