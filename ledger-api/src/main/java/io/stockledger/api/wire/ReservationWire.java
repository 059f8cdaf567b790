package io.stockledger.api.wire;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.reservation.ChangeReservation;
import io.stockledger.reservation.ExtendReservation;
import io.stockledger.reservation.ReleaseReservation;
import io.stockledger.reservation.ReserveStock;
import io.stockledger.v1.ReserveLine;
import java.time.Duration;
import java.util.List;

/** Reservations as messages. */
final class ReservationWire {

    static final List<CommandWire<?>> COMMANDS = List.of(
            CommandWire.of(io.stockledger.v1.ReserveStock.getDefaultInstance(), ReservationWire::reserve),
            CommandWire.of(io.stockledger.v1.ExtendReservation.getDefaultInstance(), ReservationWire::extend),
            CommandWire.of(io.stockledger.v1.ChangeReservation.getDefaultInstance(), ReservationWire::change),
            CommandWire.of(io.stockledger.v1.ReleaseReservation.getDefaultInstance(), ReservationWire::release));

    private ReservationWire() {}

    static Command reserve(io.stockledger.v1.ReserveStock message) {
        return new ReserveStock(
                new DocumentRef(Kind.RESERVATION, message.getDocumentId()),
                message.getChannel(),
                message.getLocation(),
                timeToLive(message.hasTimeToLive(), message.getTimeToLive()),
                lines(message.getLinesList()));
    }

    static Command extend(io.stockledger.v1.ExtendReservation message) {
        return new ExtendReservation(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getReservationId(),
                timeToLive(message.hasTimeToLive(), message.getTimeToLive()),
                WireFields.version(message.hasExpectedVersion(), message.getExpectedVersion()));
    }

    static Command change(io.stockledger.v1.ChangeReservation message) {
        return new ChangeReservation(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getReservationId(),
                message.getLocation(),
                message.hasTimeToLive() ? WireFields.duration("timeToLive", message.getTimeToLive()) : null,
                lines(message.getLinesList()),
                WireFields.version(message.hasExpectedVersion(), message.getExpectedVersion()));
    }

    static Command release(io.stockledger.v1.ReleaseReservation message) {
        return new ReleaseReservation(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getReservationId(),
                WireFields.version(message.hasExpectedVersion(), message.getExpectedVersion()));
    }

    private static Duration timeToLive(boolean given, com.google.protobuf.Duration timeToLive) {
        if (!given) {
            throw new InvalidCommand("timeToLive", "missing (expected: for example 15 minutes)");
        }
        return WireFields.duration("timeToLive", timeToLive);
    }

    private static List<Asked> lines(List<ReserveLine> messages) {
        return Check.made("lines", messages, line -> WireFields.asked(line.getItem(), line.getQuantity()));
    }
}
