/** The read-only window: what a store manager leaves open all day. */
@NullMarked
package io.stockledger.api.console;

import org.jspecify.annotations.NullMarked;
