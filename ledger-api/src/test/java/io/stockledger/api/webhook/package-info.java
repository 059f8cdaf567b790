/** Facts for other systems, through the whole service. */
@NullMarked
package io.stockledger.api.webhook;

import org.jspecify.annotations.NullMarked;
