/** What every document shares: the caller's id, the content's fingerprint, the remembered answer. */
@NullMarked
package io.stockledger.document;

import org.jspecify.annotations.NullMarked;
