/** Loads: clients that send the next command when the one before was answered. */
@NullMarked
package io.stockledger.benchmarks.load;

import org.jspecify.annotations.NullMarked;
