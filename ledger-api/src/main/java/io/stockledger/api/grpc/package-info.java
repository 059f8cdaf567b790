/** The gRPC wire. */
@NullMarked
package io.stockledger.api.grpc;

import org.jspecify.annotations.NullMarked;
