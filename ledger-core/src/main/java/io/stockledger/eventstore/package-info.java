/** How facts are stored and read back in order; the only package that sees Axon. */
@NullMarked
package io.stockledger.eventstore;

import org.jspecify.annotations.NullMarked;
