/** Axon's event store on a PostgreSQL: appends one after the other, so that the global order has no gaps. */
@NullMarked
package io.stockledger.eventstore.postgres;

import org.jspecify.annotations.NullMarked;
