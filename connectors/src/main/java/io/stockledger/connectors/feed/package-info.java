/** Facts in order for who was away. */
@NullMarked
package io.stockledger.connectors.feed;

import org.jspecify.annotations.NullMarked;
