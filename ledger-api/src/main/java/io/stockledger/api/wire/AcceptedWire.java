package io.stockledger.api.wire;

import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.Fact;
import io.stockledger.document.PostedLine;
import io.stockledger.ledger.Answer;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.reservation.ReservationEnd;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.AcceptedLine;
import io.stockledger.v1.DocumentState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An accepted command's answer as a message, made from the document's first fact. */
public final class AcceptedWire {

    private AcceptedWire() {}

    public static Accepted of(Answer.Accepted answer) {
        Fact fact = answer.fact();
        Accepted.Builder message = Accepted.newBuilder()
                .setDocument(answer.document().stream())
                .setPosition(answer.position())
                .setRecordedAt(WireFields.timestamp(answer.recordedAt()))
                .setRepeated(answer.repeated())
                .setVersion(fact instanceof InstructionAccepted instruction ? instruction.version() : answer.version());
        fact.posted().forEach(line -> message.addLines(line(line)));
        ReservationEnd ended = answer.ended();
        Instant endsAt = ended == null ? endsAt(fact) : ended.at();
        if (endsAt != null) {
            message.setEndsAt(WireFields.timestamp(endsAt));
        }
        return message.setReservationState(state(fact, ended)).build();
    }

    private static AcceptedLine line(PostedLine line) {
        AcceptedLine.Builder posted = AcceptedLine.newBuilder()
                .setSku(line.sku())
                .setLocation(line.location())
                .setQuantity(line.quantity().number());
        if (line.shortfall() != null) {
            posted.setShortfall(line.shortfall().number());
        }
        return posted.build();
    }

    private static DocumentState state(Fact fact, @Nullable ReservationEnd ended) {
        if (ended != null) {
            return switch (ended.how()) {
                case LIVING -> DocumentState.DOCUMENT_STATE_LIVING;
                case RELEASED -> DocumentState.DOCUMENT_STATE_RELEASED;
                case CONFIRMED -> DocumentState.DOCUMENT_STATE_CONFIRMED;
                case LAPSED -> DocumentState.DOCUMENT_STATE_LAPSED;
            };
        }
        if (fact instanceof ReservationMade) {
            return DocumentState.DOCUMENT_STATE_LIVING;
        }
        if (fact instanceof InstructionAccepted instruction
                && instruction.subject().startsWith(Kind.RESERVATION.prefix() + ":")) {
            return instruction.endsAt() == null
                    ? DocumentState.DOCUMENT_STATE_RELEASED
                    : DocumentState.DOCUMENT_STATE_LIVING;
        }
        return DocumentState.DOCUMENT_STATE_UNSPECIFIED;
    }

    private static @Nullable Instant endsAt(Fact fact) {
        if (fact instanceof ReservationMade made) {
            return made.endsAt();
        }
        if (fact instanceof SaleRecorded sale) {
            return sale.reservationLapsedAt();
        }
        return fact instanceof InstructionAccepted instruction ? instruction.endsAt() : null;
    }
}
