/** What every connector stands on: its tables. */
@NullMarked
package io.stockledger.connectors;

import org.jspecify.annotations.NullMarked;
