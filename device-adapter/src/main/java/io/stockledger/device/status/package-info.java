/** What a person or a monitoring system can see of the adapter while it runs, and the few things they can tell it. */
@NullMarked
package io.stockledger.device.status;

import org.jspecify.annotations.NullMarked;
