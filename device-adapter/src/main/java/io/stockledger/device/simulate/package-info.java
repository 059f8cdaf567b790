/** A scanner made of software, well-behaved or not. */
@NullMarked
package io.stockledger.device.simulate;

import org.jspecify.annotations.NullMarked;
