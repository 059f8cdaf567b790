package io.stockledger.api.problem;

import com.google.rpc.Code;
import io.stockledger.document.Category;
import io.stockledger.document.Coded;
import io.stockledger.document.Refusal;
import io.stockledger.ledger.RefusalCatalogue;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Shortage;
import io.stockledger.v1.RefusedLine;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ledger's refusals as problems: which type and status each has on both wires. */
public final class Refusals {

    private static final Map<Class<? extends Refusal>, ProblemType> TYPES = new LinkedHashMap<>();

    static {
        RefusalCatalogue.entries().forEach(entry -> TYPES.put(entry.refusal(), type(entry)));
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
            if (holdsLines(component)) {
                ((List<?>) value).forEach(line -> lines.add(line((Shortage) line)));
            } else {
                values.put(component.getName(), text(value));
            }
        }
        return new Problem(type(refusal.getClass()), refusal.message(), values, lines, Optional.empty());
    }

    /** Whether a refusal's component is told as lines; all others are values. */
    public static boolean holdsLines(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0].equals(Shortage.class);
    }

    private static ProblemType type(RefusalCatalogue.Entry entry) {
        String lower = entry.reason().toLowerCase(Locale.ROOT).replace('_', ' ');
        String title = lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1);
        return new ProblemType(
                entry.reason(), title, httpStatus(entry.category()), grpcCode(entry.category()), entry.meaning());
    }

    private static int httpStatus(Category category) {
        return switch (category) {
            case STATE_DOES_NOT_ALLOW -> 409;
            case NEVER_VALID, ID_REUSED -> 422;
            case UNKNOWN -> 404;
            case VERSION_MOVED -> 412;
            case NOT_ALLOWED -> 403;
        };
    }

    private static Code grpcCode(Category category) {
        return switch (category) {
            case STATE_DOES_NOT_ALLOW -> Code.FAILED_PRECONDITION;
            case NEVER_VALID -> Code.INVALID_ARGUMENT;
            case ID_REUSED -> Code.ALREADY_EXISTS;
            case UNKNOWN -> Code.NOT_FOUND;
            case VERSION_MOVED -> Code.ABORTED;
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
        if (value instanceof Collection<?> texts) {
            return texts.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof Coded coded) {
            return coded.code();
        }
        return value instanceof Unit unit ? unit.code() : value.toString();
    }
}
