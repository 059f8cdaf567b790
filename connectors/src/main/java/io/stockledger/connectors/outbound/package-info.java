/** HTTP to other systems: only to addresses that were checked, and bounded in time and size. */
@NullMarked
package io.stockledger.connectors.outbound;

import org.jspecify.annotations.NullMarked;
