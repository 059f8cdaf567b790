/** The device adapter as a process beside a counter: how fast a scan is safe and answered, and what a kill costs it. */
@NullMarked
package io.stockledger.benchmarks.scans;

import org.jspecify.annotations.NullMarked;
