/** How facts are named, written and read back; the only package that knows the event store. */
@NullMarked
package io.stockledger.eventstore;

import org.jspecify.annotations.NullMarked;
