/** What the service measures about itself. */
@NullMarked
package io.stockledger.api.metrics;

import org.jspecify.annotations.NullMarked;
