/** Commands to the real service, against hand-written SQL on the same server. */
@NullMarked
package io.stockledger.benchmarks.commands;

import org.jspecify.annotations.NullMarked;
