/** Promises of stock that end at an instant. */
@NullMarked
package io.stockledger.reservation;

import org.jspecify.annotations.NullMarked;
