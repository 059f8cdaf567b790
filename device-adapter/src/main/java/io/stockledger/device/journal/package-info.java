/** Every read, durable before anybody is told that it arrived, until the ledger has answered for it. */
@NullMarked
package io.stockledger.device.journal;

import org.jspecify.annotations.NullMarked;
