package io.stockledger.reservation;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Streams;
import io.stockledger.item.ItemLines;
import io.stockledger.location.LocationRefusal;
import io.stockledger.location.Locations;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.StockRefusal;
import io.stockledger.stock.Stocks;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Nothing is promised that is not available to promise; a reservation ends once. */
public final class ReservationRules {

    private ReservationRules() {}

    /**
     * @param mayUse the only locations that the ledger may choose from; empty: all. Not part of the command, so a
     *     repeat is known by its content alone and gets the first answer, wherever its sender may reserve by then
     */
    public static Decision decide(ReserveStock command, Streams streams, Instant at, Set<String> mayUse) {
        Locations locations = Locations.of(streams);
        String location = command.location();
        if (location != null && !locations.isOpen(location)) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(location));
        }
        ItemLines lines = ItemLines.find(streams, command.lines());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        Map<String, Quantity> wanted = lines.perItem();
        Collection<String> candidates = location == null ? locations.codesAmong(mayUse) : Set.of(location);
        Allocation allocation =
                new Candidates(candidates, command.channel(), streams, new Stocks(streams, at)).allocate(wanted);
        if (!allocation.shortages().isEmpty()) {
            return Decision.refuse(new StockRefusal.InsufficientStock(command.channel(), allocation.shortages()));
        }
        Instant endsAt = at.plus(command.timeToLive());
        Effects effects = new Effects();
        for (Allocation.Taken taken : allocation.taken()) {
            taken.stock().hold(command.document().id(), command.channel(), taken.quantity(), endsAt, effects);
        }
        return effects.accept(
                new ReservationMade(command.document().id(), command.channel(), endsAt, allocation.lines()));
    }

    public static Decision decide(ReleaseReservation command, Streams streams, Instant at) {
        LivingReservation living =
                LivingReservation.find(streams, command.reservation(), command.expectedVersion(), at);
        if (living.refusal().isPresent()) {
            return Decision.refuse(living.refusal().get());
        }
        Reservation reservation = living.get();
        Effects effects = new Effects();
        effects.add(
                Reservation.STREAM, reservation.id(), new ReservationReleased(reservation.id(), reservation.lines()));
        for (ReservedLine line : reservation.lines()) {
            StockAt.of(streams, line.sku(), line.quantity().unit(), line.location(), at)
                    .release(reservation.holdKey(), effects);
        }
        return effects.instruct(command, streams, Reservation.STREAM, reservation.id(), reservation.locations());
    }
}
