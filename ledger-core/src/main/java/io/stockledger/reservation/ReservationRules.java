package io.stockledger.reservation;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.item.ItemLines;
import io.stockledger.location.LocationRefusal;
import io.stockledger.location.Locations;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.ReservationFact.ReservationChanged;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.StockDemand;
import io.stockledger.stock.StockRefusal;
import io.stockledger.stock.Stocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nothing is promised that is not available to promise; a reservation ends once. */
public final class ReservationRules {

    private ReservationRules() {}

    /**
     * @param mayUse the only locations that the ledger may choose from; empty: all. Not part of the command, so a
     *     repeat is known by its content alone and gets the first answer, wherever its sender may reserve by then
     */
    public static Decision decide(ReserveStock command, Streams streams, Moment at, Set<String> mayUse) {
        Locations locations = Locations.of(streams);
        String location = command.location();
        if (location != null && !locations.isOpen(location)) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(location));
        }
        ItemLines lines = ItemLines.find(streams, command.lines(), at.happened());
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
        Instant endsAt = at.recordTime().plus(command.timeToLive());
        Effects effects = new Effects();
        for (Allocation.Taken taken : allocation.taken()) {
            taken.stock().hold(command.document().id(), command.channel(), taken.quantity(), endsAt, effects);
        }
        return effects.accept(
                new ReservationMade(command.document().id(), command.channel(), endsAt, allocation.lines()));
    }

    /** The units never come free in between: what is held is released and held anew in one decision. */
    public static Decision decide(ExtendReservation command, Streams streams, Moment at) {
        LivingReservation living =
                LivingReservation.find(streams, command.reservation(), command.expectedVersion(), at.recordTime());
        if (living.refusal().isPresent()) {
            return Decision.refuse(living.refusal().get());
        }
        Reservation reservation = living.get();
        Instant wanted = at.recordTime().plus(command.timeToLive());
        Instant endsAt = wanted.isAfter(reservation.endsAt()) ? wanted : reservation.endsAt();
        Effects effects = new Effects();
        List<Shortage> shortages = new ArrayList<>();
        if (!endsAt.equals(reservation.endsAt())) {
            for (ReservedLine line : reservation.lines()) {
                StockAt stock = StockAt.of(streams, line.sku(), line.quantity().unit(), line.location(), at);
                Quantity available = stock.availableToSell(reservation.channel(), reservation.holdKey());
                new StockDemand(stock, line.quantity()).shortage(available).ifPresent(shortages::add);
                stock.release(reservation.holdKey(), effects);
                stock.hold(reservation.id(), reservation.channel(), line.quantity(), endsAt, effects);
            }
            effects.add(
                    Reservation.STREAM,
                    reservation.id(),
                    new ReservationChanged(
                            reservation.id(), endsAt, reservation.lines(), null, reservation.locations()));
        }
        if (!shortages.isEmpty()) {
            return Decision.refuse(new StockRefusal.InsufficientStock(reservation.channel(), shortages));
        }
        return effects.instruct(
                command,
                streams,
                Reservation.STREAM,
                reservation.id(),
                reservation.locations(),
                endsAt,
                reservation.lines().stream().map(ReservedLine::posted).toList());
    }

    /**
     * What it holds counts as free while the ledger looks for what it is to hold, but only within the decision.
     *
     * @param mayUse as for a new reservation
     */
    public static Decision decide(ChangeReservation command, Streams streams, Moment at, Set<String> mayUse) {
        Locations locations = Locations.of(streams);
        String location = command.location();
        if (location != null && !locations.isOpen(location)) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(location));
        }
        ItemLines lines = ItemLines.find(streams, command.lines(), at.happened());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        LivingReservation living =
                LivingReservation.find(streams, command.reservation(), command.expectedVersion(), at.recordTime());
        if (living.refusal().isPresent()) {
            return Decision.refuse(living.refusal().get());
        }
        Reservation reservation = living.get();
        Stocks stocks = new Stocks(streams, at);
        Effects effects = new Effects();
        for (ReservedLine line : reservation.lines()) {
            stocks.at(line.sku(), line.quantity().unit(), line.location()).release(reservation.holdKey(), effects);
        }
        Set<String> candidates = new LinkedHashSet<>(location == null ? reservation.locations() : Set.of(location));
        if (location == null) {
            candidates.addAll(locations.codesAmong(mayUse));
        }
        Allocation allocation =
                new Candidates(candidates, reservation.channel(), streams, stocks).allocate(lines.perItem());
        if (!allocation.shortages().isEmpty()) {
            return Decision.refuse(new StockRefusal.InsufficientStock(reservation.channel(), allocation.shortages()));
        }
        Instant endsAt = command.timeToLive() == null
                ? reservation.endsAt()
                : at.recordTime().plus(command.timeToLive());
        for (Allocation.Taken taken : allocation.taken()) {
            taken.stock().hold(reservation.id(), reservation.channel(), taken.quantity(), endsAt, effects);
        }
        Set<String> changed = new HashSet<>(reservation.locations());
        allocation.lines().forEach(line -> changed.add(line.location()));
        effects.add(
                Reservation.STREAM,
                reservation.id(),
                new ReservationChanged(reservation.id(), endsAt, allocation.lines(), null, changed));
        return effects.instruct(
                command,
                streams,
                Reservation.STREAM,
                reservation.id(),
                changed,
                endsAt,
                allocation.lines().stream().map(ReservedLine::posted).toList());
    }

    public static Decision decide(ReleaseReservation command, Streams streams, Moment at) {
        LivingReservation living =
                LivingReservation.find(streams, command.reservation(), command.expectedVersion(), at.recordTime());
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
