/** What hand-written SQL does on the same PostgreSQL. */
@NullMarked
package io.stockledger.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
