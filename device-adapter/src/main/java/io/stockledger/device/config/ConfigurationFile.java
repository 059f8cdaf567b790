package io.stockledger.device.config;

import io.stockledger.device.gs1.InStoreScheme;
import io.stockledger.device.line.ScannerProfile;
import io.stockledger.device.line.SerialPortChoice;
import io.stockledger.device.scan.Mode;
import io.stockledger.device.scan.PlainTextPolicy;
import io.stockledger.device.scan.ScanRules;
import io.stockledger.device.uplink.LedgerSettings;
import io.stockledger.device.uplink.LedgerSettings.ClientCertificate;
import io.stockledger.v1.Disposition;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the configuration and checks all of it, so that one start tells everything that is wrong. */
public final class ConfigurationFile {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9._-]{1,24}");
    private static final Pattern CONTROL_PREFIX = Pattern.compile("[!-~]{6,40}");
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:]+]|[A-Za-z0-9.-]+):(\\d{1,5})");
    private static final Pattern USB = Pattern.compile("([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?: +(\\S+))?");

    private final List<Problem> problems = new ArrayList<>();

    private ConfigurationFile() {}

    /**
     * Reads and checks {@code file}.
     *
     * @throws InvalidConfiguration with every problem, its line, value and what was expected
     */
    public static AdapterSettings read(Path file) throws InvalidConfiguration {
        return new ConfigurationFile().readAll(file);
    }

    private AdapterSettings readAll(Path file) throws InvalidConfiguration {
        Section root = new Section(file.toString(), "", root(file), 1, problems);
        List<ScannerProfile> profiles = new ArrayList<>(ScannerProfiles.shipped());
        root.sections("profiles").forEach(section -> profiles.add(ScannerProfiles.read(section, profiles)));
        LedgerSettings ledger = ledger(root.section("ledger"));
        String location = code(root, "location");
        String channel = root.has("channel") ? code(root, "channel") : "store";
        String currency = root.parsed(
                "currency",
                "",
                "an ISO 4217 code such as EUR",
                text -> Currency.getInstance(text).getCurrencyCode());
        List<InStoreScheme> schemes = new ArrayList<>();
        root.sections("in-store-numbers").forEach(section -> scheme(section).ifPresent(schemes::add));
        Shop shop = new Shop(location, channel, currency, List.copyOf(schemes));
        AdapterSettings settings = new AdapterSettings(
                ledger,
                Path.of(root.text("data", "/var/lib/stockledger-device")),
                root.duration("keep-settled", Duration.ofDays(7), Duration.ofMinutes(1), Duration.ofDays(3650)),
                root.number("status-port", 8095, -1, 65_535),
                root.duration("answer-wait", Duration.ofMillis(120), Duration.ZERO, Duration.ofSeconds(5)),
                root.flag("mask-serials", true),
                devices(root, shop, profiles));
        root.close();
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        return settings;
    }

    private record Shop(String location, String channel, String currency, List<InStoreScheme> schemes) {}

    private static @Nullable Node root(Path file) throws InvalidConfiguration {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InvalidConfiguration(
                    List.of(new Problem(file.toString(), line, "", e.getProblem() + " (expected: YAML)")));
        } catch (IOException e) {
            throw new InvalidConfiguration(
                    List.of(new Problem(file.toString(), 1, "", "cannot be read: " + e.getMessage())));
        }
    }

    private static LedgerSettings ledger(Section section) {
        try (section) {
            String address = section.required("address");
            boolean tls = section.flag("tls", false);
            if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
                section.note("address", address + " (expected: host:port)");
            } else if (!address.isEmpty() && !tls && !isThisMachine(address)) {
                section.note("address", address + " without tls (expected: tls: true, or a loopback address)");
            }
            Optional<Path> authority = file(section, "authority");
            Optional<Path> certificate = file(section, "certificate");
            Optional<Path> privateKey = file(section, "private-key");
            if (certificate.isPresent() != privateKey.isPresent()) {
                section.note(
                        certificate.isPresent() ? "certificate" : "private-key",
                        "alone (expected: certificate and private-key, both or none)");
            } else if (certificate.isPresent() && !tls) {
                section.note("certificate", "without tls (expected: tls: true)");
            }
            return new LedgerSettings(
                    address,
                    tls,
                    authority,
                    certificate.flatMap(chain -> privateKey.map(key -> new ClientCertificate(chain, key))),
                    Path.of(section.text("key-file", "/etc/stockledger-device/key")),
                    section.duration("deadline", Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMinutes(2)),
                    section.duration(
                            "longest-pause", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(10)));
        }
    }

    private static boolean isThisMachine(String address) {
        try {
            String host = address.substring(0, address.lastIndexOf(':'));
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<Path> file(Section section, String key) {
        return section.has(key)
                ? Optional.of(section.parsed(key, Path.of("/"), "a readable file", ConfigurationFile::file))
                : Optional.empty();
    }

    private static @Nullable Path file(String text) {
        Path file = Path.of(text);
        return Files.isReadable(file) ? file : null;
    }

    private static Optional<InStoreScheme> scheme(Section section) {
        try (section) {
            String template = section.required("template");
            int weightDecimals = section.number("weight-decimals", 3, 0, 3);
            int priceDecimals = section.number("price-decimals", 2, 0, 3);
            if (template.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new InStoreScheme(template, weightDecimals, priceDecimals));
            } catch (IllegalArgumentException e) {
                section.note("template", String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }
    }

    private List<DeviceSettings> devices(Section root, Shop shop, List<ScannerProfile> profiles) {
        List<DeviceSettings> devices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        List<Section> sections = root.sections("devices");
        if (sections.isEmpty()) {
            root.note("devices", "none (expected: at least one)");
        }
        for (Section section : sections) {
            try (section) {
                DeviceSettings device = device(section, shop, profiles);
                if (!names.add(device.name())) {
                    section.note("name", device.name() + " is taken (expected: a name of its own for each device)");
                }
                String prefix = device.rules().controlPrefix();
                if (!prefix.isEmpty() && !prefixes.add(prefix)) {
                    section.note("control-prefix", prefix + " is taken (expected: one of its own for each device)");
                }
                devices.add(device);
            }
        }
        return devices;
    }

    private static DeviceSettings device(Section section, Shop shop, List<ScannerProfile> profiles) {
        String name = section.parsed(
                "name",
                section.required("name"),
                "1 to 24 letters, digits, '.', '_', '-'",
                text -> DEVICE.matcher(text).matches() ? text : null);
        SourceSettings source = source(section);
        String plain = source instanceof SourceSettings.Serial ? "generic" : "text";
        ScannerProfile profile = section.parsed(
                "profile",
                ScannerProfiles.named(plain, profiles).orElseThrow(),
                "one of "
                        + String.join(
                                ", ",
                                profiles.stream().map(ScannerProfile::name).toList()),
                text -> ScannerProfiles.named(text, profiles).orElse(null));
        Mode mode = section.choice("mode", Mode.LOOK_UP);
        String transferTo = section.has("transfer-to") ? code(section, "transfer-to") : "";
        if (transferTo.equals(shop.location()) && !transferTo.isEmpty()) {
            section.note("transfer-to", transferTo + " (expected: another location than the device's own)");
        }
        if (mode == Mode.RECEIVE && !section.has("supplier") && !section.has("control-prefix")) {
            section.note("supplier", "missing (expected: one, or a control-prefix for PO- barcodes, in mode receive)");
        }
        ScanRules rules = new ScanRules(
                name,
                section.has("location") ? code(section, "location") : shop.location(),
                shop.channel(),
                shop.currency(),
                mode,
                section.parsed(
                        "control-prefix",
                        "",
                        "6 to 40 printable characters without blanks",
                        text -> CONTROL_PREFIX.matcher(text).matches() ? text : null),
                section.has("supplier") ? code(section, "supplier") : "",
                transferTo,
                section.text("return-reason", "returned"),
                section.parsed(
                        "return-disposition",
                        Disposition.DISPOSITION_QUARANTINE,
                        "one of sellable, quarantine, damaged, disposed",
                        ConfigurationFile::disposition),
                section.choice("plain-text", PlainTextPolicy.PARK),
                profile.upcE(),
                profile.separator(),
                shop.schemes());
        return new DeviceSettings(
                name,
                source,
                profile,
                rules,
                section.duration("double-read-window", Duration.ofMillis(500), Duration.ZERO, Duration.ofSeconds(30)));
    }

    private static @Nullable Disposition disposition(String text) {
        return Map.of(
                        "sellable", Disposition.DISPOSITION_SELLABLE,
                        "quarantine", Disposition.DISPOSITION_QUARANTINE,
                        "damaged", Disposition.DISPOSITION_DAMAGED,
                        "disposed", Disposition.DISPOSITION_DISPOSED)
                .get(text);
    }

    private static SourceSettings source(Section section) {
        List<SourceSettings> given = new ArrayList<>();
        if (section.has("port")) {
            given.add(new SourceSettings.Serial(new SerialPortChoice.ByPath(section.required("port"))));
        }
        if (section.has("usb")) {
            given.add(new SourceSettings.Serial(section.parsed(
                    "usb", new SerialPortChoice.ByUsb(0, 0, ""), "vendor:product in hex, such as 0c2e:0b61", text -> {
                        var matcher = USB.matcher(text);
                        return !matcher.matches()
                                ? null
                                : new SerialPortChoice.ByUsb(
                                        Integer.parseInt(matcher.group(1), 16),
                                        Integer.parseInt(matcher.group(2), 16),
                                        matcher.group(3) == null ? "" : matcher.group(3));
                    })));
        }
        if (section.has("port-name")) {
            given.add(new SourceSettings.Serial(new SerialPortChoice.ByName(section.required("port-name"))));
        }
        if (section.has("tcp-port")) {
            given.add(new SourceSettings.Tcp(section.number("tcp-port", 0, 1, 65_535)));
        }
        if (section.has("event-device")) {
            given.add(new SourceSettings.KeyboardWedge(Path.of(section.required("event-device"))));
        }
        if (section.flag("standard-input", false)) {
            given.add(new SourceSettings.StandardInput());
        }
        if (given.size() != 1) {
            section.note(
                    "name",
                    given.size()
                            + " sources (expected: one of port, usb, port-name, tcp-port, event-device, standard-input)");
        }
        return given.isEmpty() ? new SourceSettings.StandardInput() : given.get(0);
    }

    private static String code(Section section, String key) {
        String value = section.required(key);
        if (!value.isEmpty() && !CODE.matcher(value).matches()) {
            section.note(key, value + " (expected: 1 to 40 letters, digits, '.', '_', '-')");
        }
        return value;
    }
}
