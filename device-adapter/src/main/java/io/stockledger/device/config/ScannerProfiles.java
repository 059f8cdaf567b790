package io.stockledger.device.config;

import io.stockledger.device.gs1.BarcodeReader.UpcEForm;
import io.stockledger.device.gs1.ElementString;
import io.stockledger.device.line.ControlCharacters;
import io.stockledger.device.line.Framing;
import io.stockledger.device.line.ScannerProfile;
import io.stockledger.device.line.ScannerProfile.Parity;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads scanner profiles: those that are shipped, and those that a configuration adds. */
final class ScannerProfiles {

    private static final String SHIPPED = "/io/stockledger/device/line/scanner-profiles.yaml";

    private static final ScannerProfile PLAIN = new ScannerProfile(
            "",
            Framing.LINE,
            9600,
            8,
            Parity.NONE,
            1,
            UpcEForm.EXPANDED,
            ElementString.SEPARATOR,
            "",
            "",
            "",
            "",
            "",
            4096,
            1000);

    private ScannerProfiles() {}

    static List<ScannerProfile> shipped() {
        List<Problem> problems = new ArrayList<>();
        List<ScannerProfile> profiles = new ArrayList<>();
        try (InputStream stream = ScannerProfiles.class.getResourceAsStream(SHIPPED)) {
            if (stream == null) {
                throw new IllegalStateException(SHIPPED + " is missing");
            }
            Node root = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .compose(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (Node node : ((SequenceNode) root).getValue()) {
                profiles.add(read(new Section(SHIPPED, "", (MappingNode) node, 1, problems), profiles));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(SHIPPED + " cannot be read", e);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.toString());
        }
        return profiles;
    }

    /** What the section leaves out is as in the profile it is {@code like}, or as in "generic". */
    static ScannerProfile read(Section section, List<ScannerProfile> known) {
        try (section) {
            String name = section.required("name");
            ScannerProfile like = section.parsed(
                    "like",
                    named("generic", known).orElse(PLAIN),
                    "the name of a profile",
                    text -> named(text, known).orElse(null));
            String separator = bytes(section, "separator", String.valueOf(like.separator()));
            if (separator.length() != 1) {
                section.note("separator", separator.length() + " bytes (expected: 1)");
            }
            return new ScannerProfile(
                    name,
                    section.choice("framing", like.framing()),
                    section.number("speed", like.speed(), 300, 4_000_000),
                    section.number("data-bits", like.dataBits(), 7, 8),
                    section.choice("parity", like.parity()),
                    section.number("stop-bits", like.stopBits(), 1, 2),
                    section.choice("upc-e", like.upcE()),
                    separator.isEmpty() ? like.separator() : separator.charAt(0),
                    bytes(section, "acknowledge", like.acknowledge()),
                    bytes(section, "reject", like.reject()),
                    bytes(section, "good", like.good()),
                    bytes(section, "bad", like.bad()),
                    bytes(section, "kept", like.kept()),
                    section.number("longest", like.longest(), 16, 65_536),
                    (int) section.duration(
                                    "silence",
                                    Duration.ofMillis(like.silenceMillis()),
                                    Duration.ofMillis(20),
                                    Duration.ofMinutes(1))
                            .toMillis());
        }
    }

    static Optional<ScannerProfile> named(String name, List<ScannerProfile> profiles) {
        return profiles.stream().filter(profile -> profile.name().equals(name)).reduce((first, last) -> last);
    }

    private static String bytes(Section section, String key, String otherwise) {
        return section.parsed(key, otherwise, "text with control characters as <NAME>", ControlCharacters::meant);
    }
}
