package io.stockledger.order;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.document.Refusal;
import io.stockledger.item.ItemLines;
import io.stockledger.item.ItemLines.ItemLine;
import io.stockledger.location.LocationRefusal;
import io.stockledger.location.Locations;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.LivingReservation;
import io.stockledger.reservation.Reservation;
import io.stockledger.reservation.ReservationFact.ReservationChanged;
import io.stockledger.reservation.ReservationFact.ReservationConfirmed;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.HoldKey;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockAt;
import io.stockledger.stock.StockDemand;
import io.stockledger.stock.StockRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is sold that is not there, nor what was promised to others; but what a customer has carried out is a
 * fact.
 */
public final class SaleRules {

    private SaleRules() {}

    public static Decision decide(RecordSale command, Streams streams, Moment at) {
        if (!Locations.of(streams).isOpen(command.location())) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(command.location()));
        }
        ItemLines lines = ItemLines.find(streams, command.goods(), at.happened());
        if (lines.refusal().isPresent()) {
            return Decision.refuse(lines.refusal().get());
        }
        @Nullable Reservation reservation = null;
        if (command.reservation() != null) {
            Optional<Reservation> found = streams.find(Reservation.STREAM, command.reservation());
            if (found.isEmpty()) {
                return Decision.refuse(new ReservationRefusal.UnknownReservation(command.reservation()));
            }
            Optional<Refusal> used = found.get().refusalWhenUsed();
            if (used.isPresent() && !command.handedOver()) {
                return Decision.refuse(used.get());
            }
            reservation = used.isPresent() ? null : found.get();
        }
        @Nullable HoldKey fulfilling = reservation == null ? null : reservation.holdKey();
        List<StockDemand> demands = StockDemand.at(command.location(), lines.perItem(), streams, at);
        List<Shortage> shortages = demands.stream()
                .flatMap(demand ->
                        demand.shortage(demand.stock().availableToSell(command.channel(), fulfilling)).stream())
                .toList();
        if (!shortages.isEmpty() && !command.handedOver()) {
            return Decision.refuse(new StockRefusal.InsufficientStock(command.channel(), shortages));
        }
        List<SoldLine> sold = soldLines(command, lines, demands);
        Effects effects = new Effects();
        for (StockDemand demand : demands) {
            demand.stock().sell(command.channel(), demand.quantity(), fulfilling, effects);
        }
        if (reservation != null) {
            use(reservation, command, lines.perItem(), effects);
        }
        return effects.accept(new SaleRecorded(
                command.document().id(),
                command.channel(),
                command.location(),
                command.register(),
                sold,
                command.charges(),
                command.tenders(),
                command.customer(),
                reservation == null ? null : reservation.id(),
                reservation == null ? null : lapsedAt(reservation, at)));
    }

    public static Decision decide(ConfirmReservation command, Streams streams, Moment at) {
        LivingReservation living =
                LivingReservation.findForOrder(streams, command.reservation(), command.expectedVersion());
        if (living.refusal().isPresent()) {
            return Decision.refuse(living.refusal().get());
        }
        Reservation reservation = living.get();
        Effects effects = new Effects();
        List<SoldLine> sold = new ArrayList<>();
        List<Shortage> shortages = new ArrayList<>();
        for (ReservedLine line : reservation.lines()) {
            StockAt stock = StockAt.of(streams, line.sku(), line.quantity().unit(), line.location(), at);
            Quantity available = stock.availableToSell(reservation.channel(), reservation.holdKey());
            new StockDemand(stock, line.quantity()).shortage(available).ifPresent(shortages::add);
            stock.sell(reservation.channel(), line.quantity(), reservation.holdKey(), effects);
            Price price = command.prices().getOrDefault(line.sku(), Price.NONE);
            sold.add(new SoldLine(line.sku(), line.location(), line.quantity(), price, null, null));
        }
        if (!shortages.isEmpty()) {
            return Decision.refuse(
                    reservation.hasLapsed(at.recordTime())
                            ? reservation.lapsed()
                            : new StockRefusal.InsufficientStock(reservation.channel(), shortages));
        }
        confirm(reservation, command.document().id(), effects);
        List<String> locations = reservation.lines().stream()
                .map(ReservedLine::location)
                .distinct()
                .toList();
        return effects.accept(new SaleRecorded(
                command.document().id(),
                reservation.channel(),
                locations.size() == 1 ? locations.get(0) : null,
                command.register(),
                sold,
                command.charges(),
                command.tenders(),
                command.customer(),
                reservation.id(),
                lapsedAt(reservation, at)));
    }

    private static @Nullable Instant lapsedAt(Reservation reservation, Moment at) {
        return reservation.hasLapsed(at.recordTime()) ? reservation.endsAt() : null;
    }

    /** The order takes of the reservation what it sells; the rest stays held until the reservation ends. */
    private static void use(Reservation reservation, RecordSale command, Map<String, Quantity> sold, Effects effects) {
        String order = command.document().id();
        List<ReservedLine> left = reservation.linesWithout(command.location(), sold);
        if (left.isEmpty()) {
            confirm(reservation, order, effects);
        } else if (!left.equals(reservation.lines())) {
            effects.add(
                    Reservation.STREAM,
                    reservation.id(),
                    new ReservationChanged(
                            reservation.id(), reservation.endsAt(), left, order, Set.of(command.location())));
        }
    }

    private static void confirm(Reservation reservation, String order, Effects effects) {
        effects.add(
                Reservation.STREAM,
                reservation.id(),
                new ReservationConfirmed(reservation.id(), order, reservation.lines()));
    }

    /** The lines as they were rung up, each with what of it the ledger did not have, in the order of the lines. */
    private static List<SoldLine> soldLines(RecordSale command, ItemLines lines, List<StockDemand> demands) {
        Map<String, Quantity> left = new HashMap<>();
        demands.forEach(demand ->
                left.put(demand.sku(), demand.stock().in(Bucket.SELLABLE).orZero()));
        List<SoldLine> sold = new ArrayList<>();
        for (int i = 0; i < lines.lines().size(); i++) {
            ItemLine line = lines.lines().get(i);
            Quantity after = left.getOrDefault(
                            line.sku(), Quantity.zero(line.quantity().unit()))
                    .minus(line.quantity());
            left.put(line.sku(), after.orZero());
            RecordSale.Line rungUp = command.lines().get(i);
            sold.add(new SoldLine(
                    line.sku(),
                    command.location(),
                    line.quantity(),
                    rungUp.price(),
                    rungUp.goods().item().barcode(),
                    after.isNegative() ? after.negated() : null));
        }
        return sold;
    }
}
