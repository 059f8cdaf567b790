package io.stockledger.reservation;

import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockAt;
import java.util.List;

/**
 * From where items are taken.
 *
 * @param shortages what could not be found anywhere, with what all locations together could promise
 */
record Allocation(List<Taken> taken, List<Shortage> shortages) {

    record Taken(StockAt stock, Quantity quantity) {}

    List<ReservedLine> lines() {
        return taken.stream()
                .map(line -> new ReservedLine(line.stock().sku(), line.stock().location(), line.quantity()))
                .toList();
    }
}
