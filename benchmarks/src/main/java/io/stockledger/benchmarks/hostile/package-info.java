/** What honest callers get while strangers and thieves do all that they can at once. */
@NullMarked
package io.stockledger.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
