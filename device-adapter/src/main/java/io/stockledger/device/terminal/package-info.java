/** What needs the operating system itself: pseudo-terminals, and the exclusive grab of an input device. Linux only. */
@NullMarked
package io.stockledger.device.terminal;

import org.jspecify.annotations.NullMarked;
