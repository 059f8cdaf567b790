/** What travels between callers and the ledger: messages, their JSON form, and how they become commands and answers. */
@NullMarked
package io.stockledger.api.wire;

import org.jspecify.annotations.NullMarked;
