package io.stockledger.eventstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.document.Coded;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.RefusalCatalogue;
import io.stockledger.location.LocationKind;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Disposition;
import io.stockledger.stock.StockFact.Cause;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.joda.money.BigMoney;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Facts as JSON: quantities as {@code "3 piece"}, money as {@code "EUR 2.55"}, decimals as strings, instants in UTC,
 * buckets, causes and the like in lower-kebab-case, absent values and what is false left out.
 */
public final class FactJson {

    private static final JsonMapper MAPPER = customise(JsonMapper.builder()).build();

    private static final ObjectWriter UNSEPARATED = MAPPER.writer().withRootValueSeparator("");

    private FactJson() {}

    /**
     * Writes one value after the other, each to bytes of its own: most of the cost of a small one is to begin. Not for
     * several threads at once.
     */
    static final class Press {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private SequenceWriter json = begin();

        private SequenceWriter begin() {
            return UNSEPARATED.writeValues(written);
        }

        byte[] write(Object value) {
            written.reset();
            try {
                json.write(value);
            } catch (RuntimeException e) {
                // It stands in the middle of a value.
                json = begin();
                throw e;
            }
            return written.toByteArray();
        }
    }

    /** The fact as it is stored. */
    public static String write(Fact fact) {
        return MAPPER.writeValueAsString(fact);
    }

    /** What stands beside a fact as it is stored: its components by their names. */
    public static String write(FactMeta meta) {
        return MAPPER.writeValueAsString(meta);
    }

    /**
     * A fact as it was stored.
     *
     * @throws UnreadableFact when nothing has this name
     */
    public static Fact read(String name, String json) {
        return (Fact) MAPPER.readValue(json, FactNames.classOf(name));
    }

    /** @param json a refusal as it is stored in a fact */
    public static Refusal refusal(String json) {
        return MAPPER.readValue(json, Refusal.class);
    }

    /** @param json texts by their keys, as metadata are stored */
    public static Map<String, String> texts(String json) {
        return MAPPER.readValue(json, new TypeReference<TreeMap<String, String>>() {});
    }

    static JsonMapper.Builder customise(JsonMapper.Builder builder) {
        SimpleModule module = new SimpleModule("stockledger-facts");
        asText(module, Quantity.class, Quantity::toString, Quantity::parse);
        asText(module, Unit.class, Unit::code, Unit::ofCode);
        asText(module, BigMoney.class, BigMoney::toString, BigMoney::parse);
        asText(module, BigDecimal.class, BigDecimal::toPlainString, BigDecimal::new);
        asText(module, Instant.class, InstantText::of, Instant::parse);
        asCode(module, Bucket.class);
        asCode(module, Disposition.class);
        asCode(module, Cause.class);
        asCode(module, AdjustmentReason.class);
        asCode(module, LocationKind.class);
        absentIsFalse(module);
        builder.addModule(module)
                .addMixIn(Refusal.class, NamedByReason.class)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .withConfigOverride(
                        boolean.class,
                        override -> override.setIncludeAsProperty(
                                JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, null)));
        RefusalCatalogue.entries()
                .forEach(entry -> builder.registerSubtypes(new NamedType(entry.refusal(), entry.reason())));
        return builder;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reason")
    private interface NamedByReason {}

    /** As on the wires: {@code IN_TRANSIT} is {@code in-transit}, also as the key of a map. */
    private static <E extends Enum<E> & Coded> void asCode(SimpleModule module, Class<E> type) {
        Map<E, String> codes = new EnumMap<>(type);
        Map<String, E> values = new HashMap<>();
        for (E value : type.getEnumConstants()) {
            codes.put(value, value.code());
            values.put(value.code(), value);
        }
        Function<String, E> read = code -> {
            E value = values.get(code);
            if (value == null) {
                throw new IllegalArgumentException(
                        type.getSimpleName() + ": '" + code + "' (expected: one of " + values.keySet() + ")");
            }
            return value;
        };
        asText(module, type, value -> String.valueOf(codes.get(value)), read);
        module.addKeySerializer(type, new StdSerializer<E>(type) {
            @Override
            public void serialize(E value, JsonGenerator out, SerializationContext context) {
                out.writeName(String.valueOf(codes.get(value)));
            }
        });
        module.addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return read.apply(key);
            }
        });
    }

    /** What was stored before there was such a field did not have it. */
    private static void absentIsFalse(SimpleModule module) {
        module.addDeserializer(boolean.class, new StdDeserializer<Boolean>(boolean.class) {
            @Override
            public Boolean deserialize(JsonParser in, DeserializationContext context) {
                return in.getBooleanValue();
            }

            @Override
            public Object getAbsentValue(DeserializationContext context) {
                return false;
            }
        });
    }

    private static <T> void asText(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new StdSerializer<T>(type) {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                out.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new StdDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                return read.apply(in.getString());
            }
        });
    }
}
