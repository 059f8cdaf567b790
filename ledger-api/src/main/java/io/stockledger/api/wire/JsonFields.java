package io.stockledger.api.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.stockledger.v1.Options;
import io.stockledger.v1.Shape;
import io.stockledger.v1.Word;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the contract's fields and enums are called in JSON. */
final class JsonFields {

    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();
    private static final Map<FieldDescriptor, Boolean> DECIMAL = new ConcurrentHashMap<>();
    private static final Map<EnumDescriptor, Map<String, EnumValueDescriptor>> ENUMS = new ConcurrentHashMap<>();

    private JsonFields() {}

    static Map<String, FieldDescriptor> of(Descriptor message) {
        return FIELDS.computeIfAbsent(message, type -> {
            Map<String, FieldDescriptor> fields = new LinkedHashMap<>();
            type.getFields().forEach(field -> fields.put(field.getJsonName(), field));
            return fields;
        });
    }

    /** Whether a text field holds a decimal number; JSON may give it as a number, whose digits are kept. */
    static boolean isDecimal(FieldDescriptor field) {
        return DECIMAL.computeIfAbsent(
                field,
                known -> shape(known.getOptions().getExtension(Options.word)).getDecimal());
    }

    /** How a word is written. */
    static Shape shape(Word word) {
        return word.getValueDescriptor().getOptions().getExtension(Options.shape);
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
        String prefix = kebab(value.getType().getName()).replace('-', '_').toUpperCase(Locale.ROOT) + "_";
        return value.getName()
                .substring(prefix.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    static @Nullable EnumValueDescriptor value(EnumDescriptor type, String name) {
        return values(type).get(name);
    }

    /** {@code AdjustStock} is {@code adjust-stock}. */
    static String kebab(String camel) {
        StringBuilder kebab = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (i > 0 && Character.isUpperCase(c)) {
                kebab.append('-');
            }
            kebab.append(Character.toLowerCase(c));
        }
        return kebab.toString();
    }
}
