package io.stockledger.api.wire;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.reservation.ReleaseReservation;
import io.stockledger.reservation.ReserveStock;
import java.util.ArrayList;
import java.util.List;

/** Reservations as messages. */
final class ReservationWire {

    static final List<CommandWire<?>> COMMANDS = List.of(
            CommandWire.of(io.stockledger.v1.ReserveStock.getDefaultInstance(), ReservationWire::reserve),
            CommandWire.of(io.stockledger.v1.ReleaseReservation.getDefaultInstance(), ReservationWire::release));

    private ReservationWire() {}

    static Command reserve(io.stockledger.v1.ReserveStock message) {
        if (!message.hasTimeToLive()) {
            throw new InvalidCommand("timeToLive", "missing (expected: for example 15 minutes)");
        }
        List<Asked> lines = new ArrayList<>(message.getLinesCount());
        for (int i = 0; i < message.getLinesCount(); i++) {
            io.stockledger.v1.ReserveLine line = message.getLines(i);
            lines.add(WireFields.asked(WireFields.line("lines", i), line.getItem(), line.getQuantity()));
        }
        return new ReserveStock(
                new DocumentRef(Kind.RESERVATION, message.getDocumentId()),
                message.getChannel(),
                message.getLocation(),
                WireFields.duration("timeToLive", message.getTimeToLive()),
                lines);
    }

    static Command release(io.stockledger.v1.ReleaseReservation message) {
        return new ReleaseReservation(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getReservationId(),
                WireFields.version(message.hasExpectedVersion(), message.getExpectedVersion()));
    }
}
