package io.stockledger.projections.movements;

import io.stockledger.quantity.Quantity;
import io.stockledger.stock.StockFact.Cause;
import java.time.Instant;

/**
 * One movement and the stock that it left.
 *
 * @param document the stream of the document that told it
 * @param change signed, of what is physically there; zero when units only changed their condition
 * @param onHand physically there after it
 * @param sellable the sellable part of that
 */
public record TimelinePoint(
        long position,
        Instant businessTime,
        Instant recordedAt,
        Cause cause,
        String document,
        Quantity change,
        Quantity onHand,
        Quantity sellable) {}
