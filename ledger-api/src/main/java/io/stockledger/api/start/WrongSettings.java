package io.stockledger.api.start;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Settings whose values can't be taken, one sentence for each: its name, its value unless that is a secret, what is expected. */
final class WrongSettings {

    private static final Pattern SECRET = Pattern.compile(".*(password|key|token)");
    private static final String EXPECTED = "expected: ";

    private static final Map<Class<?>, String> IN_WORDS = Map.of(
            int.class, "a whole number",
            Integer.class, "a whole number",
            long.class, "a whole number",
            boolean.class, "true or false",
            Duration.class, "a time such as 20s, 5m or 7d",
            Path.class, "a path");

    private WrongSettings() {}

    static String sentence(BindException wrong) {
        String name = wrong.getName().toString();
        Class<?> type = wrong.getTarget().getType().resolve(Object.class);
        ConfigurationProperty property = wrong.getProperty();
        String found = property == null ? "" : value(name, property.getValue());
        return name + ": " + found + "(" + EXPECTED + IN_WORDS.getOrDefault(type, type.getSimpleName()) + ")";
    }

    static String sentences(BindValidationException wrong) {
        String prefix = wrong.getValidationErrors().getName().toString();
        return wrong.getValidationErrors().getAllErrors().stream()
                .map(error -> sentence(prefix, error))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String sentence(String prefix, ObjectError error) {
        String expected = String.valueOf(error.getDefaultMessage());
        if (!(error instanceof FieldError field)) {
            return together(prefix, expected);
        }
        String name = prefix + "."
                + Arrays.stream(field.getField().split("\\.", -1))
                        .map(DataObjectPropertyName::toDashedForm)
                        .collect(Collectors.joining("."));
        // What several settings have to be together is asked by a method that no setting is named as.
        return SettingNames.isKnown(name)
                ? name + ": " + value(name, field.getRejectedValue()) + "(" + EXPECTED
                        + expected.replaceFirst("^must be ", "") + ")"
                : together(name.substring(0, name.lastIndexOf('.')), expected);
    }

    private static String together(String group, String message) {
        return group + (message.startsWith(EXPECTED) ? " (" + message + ")" : ": " + message);
    }

    private static String value(String name, @Nullable Object value) {
        return value == null || SECRET.matcher(name).matches() ? "" : value + " ";
    }
}
