/** Puts the service together: settings, stores, ledger, edges. */
@NullMarked
package io.stockledger.api.wiring;

import org.jspecify.annotations.NullMarked;
