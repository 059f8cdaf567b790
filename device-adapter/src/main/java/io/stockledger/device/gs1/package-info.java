/**
 * What a printed code says: check digits, application identifiers, Digital Link, and the codes of one shop.
 *
 * <p>Knows nothing of scanners, stock or the ledger. Text in, a {@link io.stockledger.device.gs1.CodeReading} out;
 * whatever does not obey the standard is a {@link io.stockledger.device.gs1.UnreadableCode} that says why.
 */
@NullMarked
package io.stockledger.device.gs1;

import org.jspecify.annotations.NullMarked;
