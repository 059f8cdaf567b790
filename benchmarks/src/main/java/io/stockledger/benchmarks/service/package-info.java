/** The real service as a process of its own. */
@NullMarked
package io.stockledger.benchmarks.service;

import org.jspecify.annotations.NullMarked;
