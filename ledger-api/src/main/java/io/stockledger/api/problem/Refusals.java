package io.stockledger.api.problem;

import com.google.rpc.Code;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.document.Refusal;
import io.stockledger.document.Refusal.Category;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.order.OrderRefusal;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationRefusal;
import io.stockledger.stock.Shortage;
import io.stockledger.stock.StockRefusal;
import io.stockledger.v1.RefusedLine;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The catalogue of the ledger's refusals: which reason, problem type and status each has on both wires. */
public final class Refusals {

    private static final Map<Class<? extends Refusal>, ProblemType> TYPES = new LinkedHashMap<>();

    static {
        add(
                DocumentRefusal.IdReused.class,
                Category.ID_REUSED,
                "The document id stands for other content. Send a new id.");
        add(
                DocumentRefusal.LocationNotAllowed.class,
                Category.NOT_ALLOWED,
                "The credentials are tied to other locations. Not stored: other credentials may send the document.");
        add(LocationRefusal.UnknownLocation.class, Category.UNKNOWN, "The location was never opened.");
        add(ItemRefusal.UnknownItem.class, Category.UNKNOWN, "The SKU was never registered.");
        add(ItemRefusal.UnknownBarcode.class, Category.UNKNOWN, "No registered item has the barcode.");
        add(
                ItemRefusal.QuantityDoesNotFitUnit.class,
                Category.NEVER_VALID,
                "The item's unit cannot hold the quantity, for example half a piece.");
        add(
                OrderRefusal.UnknownOrder.class,
                Category.UNKNOWN,
                "A return names an order that the ledger does not have.");
        add(ReservationRefusal.UnknownReservation.class, Category.UNKNOWN, "The ledger does not have the reservation.");
        add(
                ReservationRefusal.ReservationEnded.class,
                Category.STATE_DOES_NOT_ALLOW,
                "The reservation was released or became an order before.");
        add(
                ReservationRefusal.ReservationLapsed.class,
                Category.STATE_DOES_NOT_ALLOW,
                "The reservation's time ran out. Reserve anew.");
        add(
                StockRefusal.InsufficientStock.class,
                Category.STATE_DOES_NOT_ALLOW,
                "Less is available to promise than was asked for. Each line says how much is.");
        add(
                StockRefusal.NotOnHand.class,
                Category.STATE_DOES_NOT_ALLOW,
                "Less is there than was to be taken away. Each line says how much is.");
        add(
                StockRefusal.HeldByReservations.class,
                Category.STATE_DOES_NOT_ALLOW,
                "What was to be taken away is there, but promised. Each line says how much is not. Release"
                        + " reservations first; what is lost or spoilt is an adjustment.");
        add(
                OrderRefusal.ReturnExceedsOrder.class,
                Category.STATE_DOES_NOT_ALLOW,
                "More would come back than was sold and not yet returned.");
        add(ItemRefusal.UnitIsFixed.class, Category.STATE_DOES_NOT_ALLOW, "An item's unit never changes.");
        add(ItemRefusal.BarcodeTaken.class, Category.STATE_DOES_NOT_ALLOW, "Another item has the barcode.");
        add(LocationRefusal.LocationIsOpen.class, Category.STATE_DOES_NOT_ALLOW, "The location's code is taken.");
    }

    private Refusals() {}

    /** All of them, in order of precedence. */
    public static Map<Class<? extends Refusal>, ProblemType> types() {
        return Collections.unmodifiableMap(TYPES);
    }

    static List<ProblemType> inOrder() {
        return List.copyOf(TYPES.values());
    }

    public static ProblemType type(Class<? extends Refusal> refusal) {
        ProblemType type = TYPES.get(refusal);
        if (type == null) {
            throw new IllegalStateException("no problem type for " + refusal);
        }
        return type;
    }

    public static Problem problem(Refusal refusal) {
        Map<String, String> values = new HashMap<>();
        List<RefusedLine> lines = new ArrayList<>();
        for (RecordComponent component : refusal.getClass().getRecordComponents()) {
            Object value = value(refusal, component);
            if (value instanceof List<?> list) {
                list.forEach(line -> lines.add(line((Shortage) line)));
            } else {
                values.put(component.getName(), text(value));
            }
        }
        return new Problem(type(refusal.getClass()), refusal.message(), values, lines, Optional.empty());
    }

    private static void add(Class<? extends Refusal> refusal, Category category, String meaning) {
        String name = refusal.getSimpleName();
        String reason = words(name, "_").toUpperCase(Locale.ROOT);
        String lower = words(name, " ").toLowerCase(Locale.ROOT);
        String title = lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
        TYPES.put(refusal, new ProblemType(reason, title, httpStatus(category), grpcCode(category), meaning));
    }

    private static String words(String camel, String separator) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", separator);
    }

    private static int httpStatus(Category category) {
        return switch (category) {
            case STATE_DOES_NOT_ALLOW -> 409;
            case NEVER_VALID, ID_REUSED -> 422;
            case UNKNOWN -> 404;
            case NOT_ALLOWED -> 403;
        };
    }

    private static Code grpcCode(Category category) {
        return switch (category) {
            case STATE_DOES_NOT_ALLOW -> Code.FAILED_PRECONDITION;
            case NEVER_VALID -> Code.INVALID_ARGUMENT;
            case ID_REUSED -> Code.ALREADY_EXISTS;
            case UNKNOWN -> Code.NOT_FOUND;
            case NOT_ALLOWED -> Code.PERMISSION_DENIED;
        };
    }

    private static Object value(Refusal refusal, RecordComponent component) {
        try {
            return component.getAccessor().invoke(refusal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's component can be read: " + component, e);
        }
    }

    private static RefusedLine line(Shortage line) {
        return RefusedLine.newBuilder()
                .setSku(line.sku())
                .setLocation(line.location())
                .setRequested(line.requested().number())
                .setAvailable(line.available().number())
                .build();
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof Unit unit ? unit.code() : value.toString();
    }
}
