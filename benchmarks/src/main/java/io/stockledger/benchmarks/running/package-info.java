/** The service as its operators see it: how fast it starts, what it keeps in memory, how fresh its views are. */
@NullMarked
package io.stockledger.benchmarks.running;

import org.jspecify.annotations.NullMarked;
