/** From a fact an effect outside, written with the reaction's position, carried out by workers until it is done or parked. */
@NullMarked
package io.stockledger.connectors.reaction;

import org.jspecify.annotations.NullMarked;
