/** What the ledger's own clients share: a connection, a pipeline of commands, a way to show progress. */
@NullMarked
package io.stockledger.api.client;

import org.jspecify.annotations.NullMarked;
