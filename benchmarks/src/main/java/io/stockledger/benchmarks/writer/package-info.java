/** The ledger in this process, without wires and views. */
@NullMarked
package io.stockledger.benchmarks.writer;

import org.jspecify.annotations.NullMarked;
