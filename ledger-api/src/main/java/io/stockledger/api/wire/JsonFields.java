package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the contract's fields and enums are called in JSON. */
final class JsonFields {

    /** Text fields that hold a decimal number; JSON may give them as a number, whose digits are kept. */
    private static final Set<String> DECIMALS =
            Set.of("quantity", "unit_price", "tax", "discount", "amount", "unit_cost", "pack_size");

    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();
    private static final Map<EnumDescriptor, Map<String, EnumValueDescriptor>> ENUMS = new ConcurrentHashMap<>();

    private JsonFields() {}

    static Map<String, FieldDescriptor> of(Descriptor message) {
        return FIELDS.computeIfAbsent(message, type -> {
            Map<String, FieldDescriptor> fields = new LinkedHashMap<>();
            type.getFields().forEach(field -> fields.put(field.getJsonName(), field));
            return fields;
        });
    }

    static boolean isDecimal(FieldDescriptor field) {
        return DECIMALS.contains(field.getName());
    }

    /** The enum's values by their JSON names; the unspecified one has none. */
    static Map<String, EnumValueDescriptor> values(EnumDescriptor type) {
        return ENUMS.computeIfAbsent(type, known -> {
            Map<String, EnumValueDescriptor> values = new HashMap<>();
            for (EnumValueDescriptor value : known.getValues()) {
                if (value.getNumber() != 0) {
                    values.put(name(value), value);
                }
            }
            return values;
        });
    }

    /** {@code ADJUSTMENT_REASON_OPENING_BALANCE} is {@code opening-balance}. */
    static String name(EnumValueDescriptor value) {
        String prefix = snake(value.getType().getName()) + "_";
        return value.getName()
                .substring(prefix.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    static @Nullable EnumValueDescriptor value(EnumDescriptor type, String name) {
        return values(type).get(name);
    }

    private static String snake(String camel) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (i > 0 && Character.isUpperCase(c)) {
                snake.append('_');
            }
            snake.append(Character.toUpperCase(c));
        }
        return snake.toString();
    }
}
