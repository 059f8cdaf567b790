/** What a caller is told when the answer is no: one catalogue of reasons for both wires. */
@NullMarked
package io.stockledger.api.problem;

import org.jspecify.annotations.NullMarked;
