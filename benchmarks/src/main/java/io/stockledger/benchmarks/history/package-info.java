/** What a long past costs: reading it back, deciding on it, answering from it. */
@NullMarked
package io.stockledger.benchmarks.history;

import org.jspecify.annotations.NullMarked;
