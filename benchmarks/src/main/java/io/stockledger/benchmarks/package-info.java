/** Measurements of Stockledger against floors measured in the same run. */
@NullMarked
package io.stockledger.benchmarks;

import org.jspecify.annotations.NullMarked;
