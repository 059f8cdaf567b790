/** What is asked before the service starts, and what is told when it does not. */
@NullMarked
package io.stockledger.api.start;

import org.jspecify.annotations.NullMarked;
