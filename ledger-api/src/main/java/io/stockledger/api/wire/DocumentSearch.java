package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.ProtocolMessageEnum;
import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.document.Check;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.Fact;
import io.stockledger.document.InvalidCommand;
import io.stockledger.eventstore.FactNames;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.projections.history.HistoryQuestion;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.v1.Document;
import io.stockledger.v1.DocumentKind;
import io.stockledger.v1.DocumentState;
import io.stockledger.v1.GetDocumentRequest;
import io.stockledger.v1.ListDocumentsRequest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which documents somebody asks for.
 *
 * @param question finds for each document the fact with which it was accepted, and where they are wanted its refused tries
 * @param states in one of these; empty: any
 * @param channel null: any
 * @param text without capitals; null: any
 */
public record DocumentSearch(
        HistoryQuestion question,
        Set<DocumentKind> kinds,
        Set<DocumentState> states,
        @Nullable String channel,
        @Nullable String text) {

    private static final Map<Kind, Class<? extends Fact>> FIRST_FACTS = new EnumMap<>(Map.of(
            Kind.ORDER, SaleRecorded.class,
            Kind.RESERVATION, ReservationMade.class,
            Kind.RECEIPT, GoodsReceived.class,
            Kind.RETURN, ReturnProcessed.class,
            Kind.ADJUSTMENT, StockAdjusted.class,
            Kind.COUNT, StockCounted.class,
            Kind.TRANSFER, StockTransferred.class,
            Kind.RECLASSIFICATION, StockReclassified.class,
            Kind.INSTRUCTION, InstructionAccepted.class));

    /** @throws InvalidCommand when it names no document */
    public static DocumentRef ref(GetDocumentRequest request) {
        return switch (request.getWhichCase()) {
            case DOCUMENT -> DocumentRef.named("document", request.getDocument());
            case ORDER_ID -> new DocumentRef(Kind.ORDER, request.getOrderId());
            case RESERVATION_ID -> new DocumentRef(Kind.RESERVATION, request.getReservationId());
            case RECEIPT_ID -> new DocumentRef(Kind.RECEIPT, request.getReceiptId());
            case RETURN_ID -> new DocumentRef(Kind.RETURN, request.getReturnId());
            case ADJUSTMENT_ID -> new DocumentRef(Kind.ADJUSTMENT, request.getAdjustmentId());
            case COUNT_ID -> new DocumentRef(Kind.COUNT, request.getCountId());
            case TRANSFER_ID -> new DocumentRef(Kind.TRANSFER, request.getTransferId());
            case RECLASSIFICATION_ID -> new DocumentRef(Kind.RECLASSIFICATION, request.getReclassificationId());
            case INSTRUCTION_ID -> new DocumentRef(Kind.INSTRUCTION, request.getInstructionId());
            case WHICH_NOT_SET -> throw new InvalidCommand("document", "missing (expected: kind:id, or an id)");
        };
    }

    /** @throws InvalidCommand when a value cannot be one */
    public static DocumentSearch of(ListDocumentsRequest request) {
        Set<DocumentKind> kinds = known("kinds", request.getKindsList(), DocumentKind.UNRECOGNIZED, DocumentKind.class);
        Set<DocumentState> states =
                known("states", request.getStatesList(), DocumentState.UNRECOGNIZED, DocumentState.class);
        String text = WireFields.optional(request.getText());
        HistoryQuestion question = HistoryQuestion.ALL
                .withNames(names(kinds, states))
                .withLocation(WireFields.optional(request.getLocation()))
                .withDevice(WireFields.optional(request.getDevice()))
                .withPrincipal(WireFields.optional(request.getPrincipal()))
                .recorded(
                        WireFields.optional("recordedFrom", request.hasRecordedFrom(), request.getRecordedFrom()),
                        WireFields.optional(
                                "recordedBefore", request.hasRecordedBefore(), request.getRecordedBefore()));
        return new DocumentSearch(
                question,
                kinds,
                states,
                Check.optionalCode("channel", WireFields.optional(request.getChannel())),
                text == null ? null : withoutCapitals(Check.name("text", text, 200)));
    }

    /**
     * Whether a document that a fact led to is wanted, and this is the fact for which it is shown.
     *
     * @param sequence of that fact in the document's stream
     */
    public boolean wants(Document document, long sequence) {
        boolean refused = document.getState() == DocumentState.DOCUMENT_STATE_REFUSED;
        if (refused ? sequence != document.getVersion() - 1 : !isFirstAccepted(document, sequence)) {
            return false;
        }
        return (kinds.isEmpty() || kinds.contains(document.getKind()))
                && (states.isEmpty() ? !refused : states.contains(document.getState()))
                && (channel == null || channel.equals(document.getChannel()))
                && (text == null || tells(document, text));
    }

    private static boolean isFirstAccepted(Document document, long sequence) {
        return sequence == document.getRefusedTries();
    }

    private static Set<String> names(Set<DocumentKind> kinds, Set<DocumentState> states) {
        Set<Kind> asked = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (kinds.isEmpty() || kinds.contains(DocumentWire.kind(kind))) {
                asked.add(kind);
            }
        }
        Set<Kind> looked = EnumSet.copyOf(asked);
        looked.removeIf(kind -> !mayBeIn(states, kind));
        Set<String> names = new HashSet<>();
        if (states.contains(DocumentState.DOCUMENT_STATE_REFUSED)) {
            names.add(FactNames.of(CommandRefused.class).name());
        }
        // No names at all would ask for all facts.
        Set<Kind> led = looked.isEmpty() && names.isEmpty() ? asked : looked;
        FIRST_FACTS.forEach((kind, fact) -> {
            if (led.contains(kind)) {
                names.add(FactNames.of(fact).name());
            }
        });
        return names;
    }

    /** Most documents are orders, and few states are theirs: what cannot be in any of those asked for is not looked at. */
    private static boolean mayBeIn(Set<DocumentState> states, Kind kind) {
        return states.isEmpty()
                || states.stream().anyMatch(state -> switch (state) {
                    case DOCUMENT_STATE_LIVING,
                            DOCUMENT_STATE_LAPSED,
                            DOCUMENT_STATE_RELEASED,
                            DOCUMENT_STATE_CONFIRMED -> kind == Kind.RESERVATION;
                    case DOCUMENT_STATE_RETURNED_IN_PART, DOCUMENT_STATE_RETURNED -> kind == Kind.ORDER;
                    case DOCUMENT_STATE_COMPLETED -> kind != Kind.RESERVATION;
                    case DOCUMENT_STATE_REFUSED -> false;
                    default -> true;
                });
    }

    private static <E extends Enum<E> & ProtocolMessageEnum> Set<E> known(
            String field, List<E> given, E unrecognized, Class<E> type) {
        Set<E> all = EnumSet.noneOf(type);
        for (E value : Check.atMost(field, given)) {
            if (value == unrecognized || value.getNumber() == 0) {
                throw new InvalidCommand(field, "an unknown value (expected: one of the enum's)");
            }
            all.add(value);
        }
        return all;
    }

    /** Letter by letter, so that a text has one form in it wherever it stands: a small sigma ends a word in another one. */
    private static String withoutCapitals(String text) {
        StringBuilder small = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            small.appendCodePoint(Character.toLowerCase(Character.toUpperCase(text.codePointAt(i))));
        }
        return small.toString();
    }

    private static boolean tells(MessageOrBuilder message, String text) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            Collection<?> values = field.getValue() instanceof Collection<?> list ? list : List.of(field.getValue());
            for (Object value : values) {
                boolean told = field.getKey().getJavaType() == JavaType.MESSAGE
                        ? tells((MessageOrBuilder) value, text)
                        : value instanceof String string
                                && withoutCapitals(string).contains(text);
                if (told) {
                    return true;
                }
            }
        }
        return false;
    }
}
