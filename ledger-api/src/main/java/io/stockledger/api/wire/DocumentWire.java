package io.stockledger.api.wire;

import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.Refusals;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fact;
import io.stockledger.eventstore.FactJson;
import io.stockledger.ledger.StoredFact;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.projections.history.HistoryFact;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.ReservationFact;
import io.stockledger.v1.Document;
import io.stockledger.v1.DocumentKind;
import io.stockledger.v1.DocumentLine;
import io.stockledger.v1.DocumentState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document as it is now, made from the facts of its stream. */
public final class DocumentWire {

    private final Document.Builder document;
    private final Set<String> locations = new HashSet<>();
    private final Map<String, Quantity> returned = new HashMap<>();
    private boolean accepted;

    /** A fact of a document's stream, from wherever it was read. */
    public record Told(
            Fact fact,
            String command,
            String principal,
            @Nullable String device,
            Instant businessTime,
            Instant recordedAt,
            Map<String, String> metadata,
            @Nullable String requestId) {

        public static Told of(StoredFact fact) {
            return new Told(
                    fact.fact(),
                    fact.meta().command(),
                    fact.meta().principal(),
                    fact.meta().device(),
                    fact.meta().businessTime(),
                    fact.recordedAt(),
                    Objects.requireNonNullElse(fact.meta().metadata(), Map.of()),
                    fact.meta().requestId());
        }

        public static Told of(HistoryFact fact) {
            return new Told(
                    FactJson.read(fact.name(), fact.payload()),
                    fact.command(),
                    fact.principal(),
                    fact.device(),
                    fact.businessTime(),
                    fact.recordedAt(),
                    fact.metadata(),
                    fact.requestId());
        }
    }

    /**
     * A document, and the locations of which it tells.
     *
     * @param locations none where it tells of nowhere in particular
     */
    public record Shown(Document message, Set<String> locations) {}

    private DocumentWire(DocumentRef ref) {
        document = Document.newBuilder()
                .setDocument(ref.stream())
                .setKind(kind(ref.kind()))
                .setDocumentId(ref.id());
    }

    /**
     * @param stream all its facts in order; at least one
     * @param now by which a reservation may have lapsed
     */
    public static Shown of(DocumentRef ref, List<Told> stream, Instant now) {
        DocumentWire wire = new DocumentWire(ref);
        stream.forEach(wire::add);
        return wire.shown(stream.size(), now);
    }

    public static DocumentKind kind(DocumentRef.Kind kind) {
        return DocumentKind.valueOf("DOCUMENT_KIND_" + kind.name());
    }

    private void add(Told told) {
        Fact fact = told.fact();
        if (fact instanceof CommandRefused refused) {
            document.setRefusedTries(document.getRefusedTries() + 1);
            if (!accepted) {
                head(told, DocumentState.DOCUMENT_STATE_REFUSED);
                locations.addAll(fact.locations());
                document.setRefusal(GrpcProblem.refusal(Refusals.problem(refused.refusal())));
            }
            return;
        }
        if (!accepted) {
            accepted = true;
            head(told, DocumentState.DOCUMENT_STATE_COMPLETED);
            document.clearRefusal();
        }
        // Whoever takes goods back does not learn how they were sold elsewhere.
        if (!(fact instanceof OrderReturned)) {
            locations.addAll(fact.locations());
        }
        if (fact instanceof ReservationFact reservation) {
            reservation(reservation);
        } else if (fact instanceof OrderReturned back) {
            document.addReturnIds(back.returnId());
            back.items().forEach(item -> returned.merge(item.sku(), item.quantity(), Quantity::plus));
        } else if (fact instanceof InstructionAccepted instruction) {
            document.setSubject(instruction.subject());
            if (instruction.locations().size() == 1) {
                instruction.locations().forEach(document::setLocation);
            }
        } else {
            DocumentContents.add(fact, document);
        }
    }

    private void head(Told told, DocumentState state) {
        // Whoever tried its id in vain learns nothing of a document that somebody else has sent since.
        locations.clear();
        document.setState(state)
                .setRecordedAt(WireFields.timestamp(told.recordedAt()))
                .setBusinessTime(WireFields.timestamp(told.businessTime()))
                .setCommand(told.command())
                .setPrincipal(told.principal());
        document.clearDevice().clearMetadata().clearRequestId().putAllMetadata(told.metadata());
        String device = told.device();
        if (device != null) {
            document.setDevice(device);
        }
        String requestId = told.requestId();
        if (requestId != null) {
            document.setRequestId(requestId);
        }
    }

    private void reservation(ReservationFact fact) {
        document.clearLines();
        fact.lines()
                .forEach(line -> document.addLines(
                        DocumentContents.line(line.sku(), line.quantity()).setLocation(line.location())));
        if (fact instanceof ReservationFact.ReservationMade made) {
            document.setChannel(made.channel()).setEndsAt(WireFields.timestamp(made.endsAt()));
            document.setState(DocumentState.DOCUMENT_STATE_LIVING);
        } else if (fact instanceof ReservationFact.ReservationChanged changed) {
            document.setEndsAt(WireFields.timestamp(changed.endsAt()));
            String order = changed.order();
            if (order != null) {
                document.setOrderId(order);
            }
        } else if (fact instanceof ReservationFact.ReservationConfirmed confirmed) {
            document.setOrderId(confirmed.order()).setState(DocumentState.DOCUMENT_STATE_CONFIRMED);
        } else {
            document.setState(DocumentState.DOCUMENT_STATE_RELEASED);
        }
    }

    private Shown shown(int version, Instant now) {
        document.setVersion(version);
        if (document.getState() == DocumentState.DOCUMENT_STATE_LIVING
                && !now.isBefore(WireFields.instant("endsAt", document.getEndsAt()))) {
            document.setState(DocumentState.DOCUMENT_STATE_LAPSED);
        }
        if (!returned.isEmpty()) {
            tellReturned();
        }
        return new Shown(document.build(), Set.copyOf(locations));
    }

    /** Of two lines of one item the first is the one that came back. */
    private void tellReturned() {
        boolean all = true;
        List<DocumentLine> lines = new ArrayList<>();
        for (DocumentLine line : document.getLinesList()) {
            Quantity back = returned.get(line.getSku());
            if (back != null && back.isPositive()) {
                Quantity sold = new Quantity(new BigDecimal(line.getQuantity()), back.unit());
                Quantity ofThis = back.min(sold);
                returned.put(line.getSku(), back.minus(ofThis));
                lines.add(line.toBuilder().setReturned(ofThis.number()).build());
                all &= ofThis.compareTo(sold) == 0;
            } else {
                lines.add(line);
                all = false;
            }
        }
        document.clearLines().addAllLines(lines);
        document.setState(all ? DocumentState.DOCUMENT_STATE_RETURNED : DocumentState.DOCUMENT_STATE_RETURNED_IN_PART);
    }
}
