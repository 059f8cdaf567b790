package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.document.Provenance;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRef;
import io.stockledger.money.Amounts;
import io.stockledger.order.Charge;
import io.stockledger.order.Price;
import io.stockledger.order.Tender;
import io.stockledger.stock.Disposition;
import io.stockledger.v1.Occasion;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields that several commands share. Throws {@link InvalidCommand} naming the field. */
final class WireFields {

    private static final int LONGEST_NUMBER = 40;
    private static final String NUMBER = "' (expected: a plain decimal number such as 3 or 1.25)";

    private WireFields() {}

    /** @param command any command's message; {@code occasion} and {@code try_id} are called so in all of them */
    static Provenance provenance(Message command, String principal, Set<String> locations, @Nullable String requestId) {
        Descriptor type = command.getDescriptorForType();
        Occasion occasion = (Occasion) command.getField(type.findFieldByName("occasion"));
        String tryId = (String) command.getField(type.findFieldByName("try_id"));
        Instant businessTime =
                optional("occasion.businessTime", occasion.hasBusinessTime(), occasion.getBusinessTime());
        return new Provenance(
                principal, occasion.getDevice(), businessTime, tryId, locations, occasion.getMetadataMap(), requestId);
    }

    static @Nullable Instant optional(String field, boolean given, Timestamp timestamp) {
        return given ? instant(field, timestamp) : null;
    }

    static Instant instant(String field, Timestamp timestamp) {
        Instant instant;
        try {
            instant = Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidCommand(field, timestamp.getSeconds() + " s (expected: between 1970 and 9999)");
        }
        if (instant.getEpochSecond() != timestamp.getSeconds()) {
            throw new InvalidCommand(
                    field,
                    timestamp.getSeconds() + " s and " + timestamp.getNanos() + " ns (expected: 0 to 999999999 ns)");
        }
        return instant;
    }

    static Duration duration(String field, com.google.protobuf.Duration duration) {
        try {
            return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
        } catch (ArithmeticException e) {
            throw new InvalidCommand(field, duration.getSeconds() + " s (expected: a shorter time)");
        }
    }

    static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** ASCII digits only: {@code BigDecimal} alone would also take full-width ones and exponents. */
    static BigDecimal number(String field, String text) {
        if (text.isEmpty()) {
            throw new InvalidCommand(field, "missing (expected: a decimal number)");
        }
        if (text.length() > LONGEST_NUMBER) {
            throw new InvalidCommand(field, text.length() + " characters (expected: at most " + LONGEST_NUMBER + ")");
        }
        boolean digitBefore = false;
        boolean point = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digitBefore = true;
            } else if (c == '.' && digitBefore && !point && i < text.length() - 1) {
                point = true;
            } else if (c != '-' || i > 0) {
                throw new InvalidCommand(field, "'" + text + NUMBER);
            }
        }
        if (!digitBefore) {
            throw new InvalidCommand(field, "'" + text + NUMBER);
        }
        return new BigDecimal(text);
    }

    static @Nullable BigDecimal optionalNumber(String field, String text) {
        return text.isEmpty() ? null : number(field, text);
    }

    /** The version that a caller saw; null where it gives none. */
    static @Nullable Long version(boolean given, long version) {
        if (given && version < 0) {
            throw new InvalidCommand("expectedVersion", Long.toUnsignedString(version) + " (expected: below 2^63)");
        }
        return given ? version : null;
    }

    static @Nullable String optional(String text) {
        return text.isEmpty() ? null : text;
    }

    /** One of a command's {@code lines}. */
    static Asked asked(io.stockledger.v1.ItemRef item, String quantity) {
        return new Asked(item("lines.item", item), number("lines.quantity", quantity));
    }

    private static ItemRef item(String field, io.stockledger.v1.ItemRef item) {
        return switch (item.getRefCase()) {
            case SKU -> ItemRef.sku(item.getSku());
            case BARCODE -> ItemRef.barcode(item.getBarcode());
            default -> throw new InvalidCommand(field, "missing (expected: sku or barcode)");
        };
    }

    static String line(String list, int index) {
        return list + "[" + index + "]";
    }

    static Price price(Amounts amounts, String list, String unitPrice, String tax, String discount) {
        return new Price(
                amounts.of(list + ".unitPrice", optionalNumber(list + ".unitPrice", unitPrice)),
                amounts.of(list + ".tax", optionalNumber(list + ".tax", tax)),
                amounts.of(list + ".discount", optionalNumber(list + ".discount", discount)));
    }

    static List<Charge> charges(Amounts amounts, List<io.stockledger.v1.Charge> charges) {
        return Check.made(
                "charges",
                charges,
                charge -> new Charge(
                        charge.getCode(),
                        optional(charge.getDescription()),
                        amounts.required("charges.amount", number("charges.amount", charge.getAmount()))));
    }

    static List<Tender> tenders(Amounts amounts, String list, List<io.stockledger.v1.Tender> tenders) {
        return Check.made(
                list,
                tenders,
                tender -> new Tender(
                        tender.getMethod(),
                        amounts.required(list + ".amount", number(list + ".amount", tender.getAmount()))));
    }

    static @Nullable Disposition disposition(String field, io.stockledger.v1.Disposition disposition) {
        return switch (disposition) {
            case DISPOSITION_UNSPECIFIED -> null;
            case DISPOSITION_SELLABLE -> Disposition.SELLABLE;
            case DISPOSITION_QUARANTINE -> Disposition.QUARANTINE;
            case DISPOSITION_DAMAGED -> Disposition.DAMAGED;
            case DISPOSITION_DISPOSED -> Disposition.DISPOSED;
            default -> throw new InvalidCommand(field, "an unknown value (expected: one of the enum's)");
        };
    }

    static Disposition requiredDisposition(String field, io.stockledger.v1.Disposition disposition) {
        Disposition read = disposition(field, disposition);
        if (read == null) {
            throw new InvalidCommand(field, "missing (expected: sellable, quarantine, damaged or disposed)");
        }
        return read;
    }
}
