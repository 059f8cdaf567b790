package io.stockledger.api.start;

import io.stockledger.api.wiring.StockledgerSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The names of all our settings, as {@link StockledgerSettings} has them, in every form in which they may be given. */
public final class SettingNames {

    static final String PREFIX = "stockledger";

    /** What Kubernetes and Docker tell each container of a service that is called as ours is. They are no settings. */
    private static final Pattern OF_THE_PLATFORM = Pattern.compile(
            "STOCKLEDGER_(\\w+_)?(SERVICE_(HOST|PORT)(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern ADDRESS_OF_THE_PLATFORM = Pattern.compile("(tcp|udp|sctp)://.*");

    /** What the commands of this jar, the device adapter and tests read. */
    private static final Pattern OF_COMMANDS = Pattern.compile("STOCKLEDGER_(API_KEY|KEY|TEST_\\w+)");

    private static final Pattern INDEX = Pattern.compile("_\\d+$");

    private static final List<Setting> ALL =
            read(StockledgerSettings.class, PREFIX).toList();

    private static final Map<ConfigurationPropertyName, Setting> BY_NAME =
            ALL.stream().collect(Collectors.toMap(of -> ConfigurationPropertyName.of(of.name), Function.identity()));

    /** @param isList its parts may be given one by one, with numbers */
    private record Setting(String name, boolean isList) {

        Stream<String> variables() {
            String variable = name.replace('.', '_').toUpperCase(Locale.ROOT);
            // Spring takes an underscore for a dash too.
            return Stream.of(variable.replace("-", ""), variable.replace('-', '_'));
        }
    }

    private SettingNames() {}

    /** As docs/settings.md lists them. */
    public static List<String> all() {
        return ALL.stream().map(Setting::name).toList();
    }

    /** Whether a name was meant to be one of ours, right or wrong: it begins as they do, or nearly so. */
    static boolean isMeantForUs(String name) {
        String[] parts = name.split("[._\\[]", 2);
        return parts.length == 2 && Nearest.to(parts[0], Set.of(PREFIX)).isPresent();
    }

    /** @param name as it stands in a file, on the command line or in a property of Java */
    static boolean isKnown(String name) {
        ConfigurationPropertyName given = ConfigurationPropertyName.adapt(name, '.');
        return BY_NAME.containsKey(given) || (given.isLastElementIndexed() && isList(given.getParent()));
    }

    private static boolean isList(ConfigurationPropertyName name) {
        Setting setting = BY_NAME.get(name);
        return setting != null && setting.isList;
    }

    /** @param name of a variable of the environment */
    static boolean isKnownVariable(String name, String value) {
        String upper = name.toUpperCase(Locale.ROOT);
        String withoutIndex = INDEX.matcher(upper).replaceFirst("");
        return ALL.stream()
                        .anyMatch(setting -> setting.variables()
                                .anyMatch(
                                        known -> known.equals(upper) || (setting.isList && known.equals(withoutIndex))))
                || OF_COMMANDS.matcher(name).matches()
                || OF_THE_PLATFORM.matcher(name).matches()
                || ADDRESS_OF_THE_PLATFORM.matcher(value).matches();
    }

    /** Also of a name that lacks what all begin with. */
    static Optional<String> nearest(String name) {
        Collection<String> all = all();
        return Nearest.to(name, all).or(() -> Nearest.to(PREFIX + "." + name, all));
    }

    /** Among the names that docs/settings.md tells for the environment. */
    static Optional<String> nearestVariable(String name) {
        return Nearest.to(
                name,
                ALL.stream().flatMap(setting -> setting.variables().limit(1)).toList());
    }

    private static Stream<Setting> read(Class<?> settings, String prefix) {
        return Arrays.stream(settings.getRecordComponents()).flatMap(part -> read(part, prefix));
    }

    private static Stream<Setting> read(RecordComponent part, String prefix) {
        String name = prefix + "." + DataObjectPropertyName.toDashedForm(part.getName());
        return part.getType().isRecord()
                ? read(part.getType(), name)
                : Stream.of(new Setting(name, Collection.class.isAssignableFrom(part.getType())));
    }
}
