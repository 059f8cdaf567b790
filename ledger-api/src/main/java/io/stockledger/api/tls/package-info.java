/** TLS of the service's own, for both wires. */
@NullMarked
package io.stockledger.api.tls;

import org.jspecify.annotations.NullMarked;
