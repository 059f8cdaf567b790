/** What of each item is where, and what of it may be promised. */
@NullMarked
package io.stockledger.projections.availability;

import org.jspecify.annotations.NullMarked;
