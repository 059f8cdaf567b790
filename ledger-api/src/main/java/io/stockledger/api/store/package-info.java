/** Where facts are kept: an Axon Server, or PostgreSQL. */
@NullMarked
package io.stockledger.api.store;

import org.jspecify.annotations.NullMarked;
