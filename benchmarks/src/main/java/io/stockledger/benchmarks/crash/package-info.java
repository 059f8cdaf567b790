/** Kills the service again and again, and checks what is left against the calls that were made. */
@NullMarked
package io.stockledger.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
