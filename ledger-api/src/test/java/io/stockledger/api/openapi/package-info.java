/** The OpenAPI document, held against the contract and the running service. */
@NullMarked
package io.stockledger.api.openapi;

import org.jspecify.annotations.NullMarked;
