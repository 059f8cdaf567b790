/** Facts to other systems by HTTP, signed as Standard Webhooks says. */
@NullMarked
package io.stockledger.connectors.webhook;

import org.jspecify.annotations.NullMarked;
