/** The contract as the .proto files state it: methods, routes, permissions, refusals and words. */
@NullMarked
package io.stockledger.api.contract;

import org.jspecify.annotations.NullMarked;
