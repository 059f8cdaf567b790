/** A made-up week of a retailer, sent through the public API. */
@NullMarked
package io.stockledger.api.demo;

import org.jspecify.annotations.NullMarked;
