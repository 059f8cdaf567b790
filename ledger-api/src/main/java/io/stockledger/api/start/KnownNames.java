package io.stockledger.api.start;

import io.stockledger.api.wiring.StockledgerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses, before anything is begun, what nobody would have read: words on the command line, and settings of ours that are
 * misspelt there, in the environment, in Java's properties or in a file. Settings of Spring stay free.
 */
public final class KnownNames implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final String OPTION = "--";
    private static final String DEMO = "demo";

    /** What settings begin with that are not ours and that a service may be given: Spring's, and those of its parts. */
    private static final Set<String> NOT_OURS =
            Set.of("spring", "logging", "server", "management", "info", "axon", "debug", "trace");

    private static final Set<String> SWITCHES = Set.of(DEMO, "help", "version");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        List<String> complaints = complaints(List.of(event.getArgs()), event.getEnvironment());
        if (!complaints.isEmpty()) {
            throw new UnknownNames(complaints);
        }
        // Values of a wrong kind would else be told of as Spring's, which are made of ours.
        Binder.get(event.getEnvironment()).bindOrCreate(SettingNames.PREFIX, StockledgerSettings.class);
    }

    /** One sentence for each name that nobody knows. */
    static List<String> complaints(List<String> arguments, ConfigurableEnvironment environment) {
        List<String> complaints = new ArrayList<>();
        arguments.forEach(argument -> aboutArgument(argument).ifPresent(complaints::add));
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof SystemEnvironmentPropertySource variables) {
                variables
                        .getSource()
                        .forEach((name, value) ->
                                aboutVariable(name, String.valueOf(value)).ifPresent(complaints::add));
            } else if (source instanceof EnumerablePropertySource<?> properties
                    && !(source instanceof CommandLinePropertySource)) {
                for (String name : properties.getPropertyNames()) {
                    aboutProperty(name, source).ifPresent(complaints::add);
                }
            }
        }
        return complaints;
    }

    private static Optional<String> aboutArgument(String argument) {
        if (!argument.startsWith(OPTION)) {
            return Optional.of(aboutWord(argument));
        }
        String name = argument.substring(OPTION.length()).split("=", 2)[0];
        String first = name.split("[.\\[]", 2)[0];
        if (SettingNames.isKnown(name) || NOT_OURS.contains(first) || name.equals(DEMO)) {
            return Optional.empty();
        }
        Optional<String> nearest = Nearest.to(name, SWITCHES).or(() -> SettingNames.nearest(name));
        return Optional.of(unknown(OPTION + name, nearest.map(OPTION::concat)));
    }

    private static String aboutWord(String word) {
        String nearest = Nearest.to(word, Commands.names())
                .map(near -> "nearest: " + near + "; ")
                .orElse("");
        return word + ": no such command here (" + nearest + "expected: " + String.join(" or ", Commands.names())
                + " as the first word, or settings alone, which start the service; --help tells more)";
    }

    private static Optional<String> aboutVariable(String name, String value) {
        return SettingNames.isMeantForUs(name) && !SettingNames.isKnownVariable(name, value)
                ? Optional.of(unknown(name, SettingNames.nearestVariable(name)))
                : Optional.empty();
    }

    private static Optional<String> aboutProperty(String name, PropertySource<?> source) {
        return SettingNames.isMeantForUs(name) && !SettingNames.isKnown(name)
                ? Optional.of(unknown(name + place(source, name), SettingNames.nearest(name)))
                : Optional.empty();
    }

    private static String place(PropertySource<?> source, String name) {
        Origin origin = OriginLookup.getOrigin(source, name);
        return origin instanceof TextResourceOrigin ? " in " + origin : "";
    }

    private static String unknown(String name, Optional<String> nearest) {
        return name + ": no such setting ("
                + nearest.map(near -> "nearest: " + near + "; ").orElse("") + "docs/settings.md lists all)";
    }
}
