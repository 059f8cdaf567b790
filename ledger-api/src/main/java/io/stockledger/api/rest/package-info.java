/** The REST wire. */
@NullMarked
package io.stockledger.api.rest;

import org.jspecify.annotations.NullMarked;
