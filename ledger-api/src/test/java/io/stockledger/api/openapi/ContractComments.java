package io.stockledger.api.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the .proto files say in comments, by the full name of what they stand above. */
final class ContractComments {

    private static final String PACKAGE = "stockledger.v1";
    private static final Pattern SNAKE = Pattern.compile("`?\\b([a-z]+(?:_[a-z]+)+)\\b`?");

    private final Map<String, String> comments = new HashMap<>();

    private ContractComments(FileDescriptorSet files) {
        for (FileDescriptorProto file : files.getFileList()) {
            if (file.getPackage().equals(PACKAGE)) {
                file.getSourceCodeInfo().getLocationList().forEach(location -> add(file, location));
            }
        }
    }

    /** Of the descriptors that the build leaves beside the classes. */
    static ContractComments ofTheBuild() {
        try {
            Path classes = Path.of(ContractComments.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (InputStream bytes = Files.newInputStream(classes.resolveSibling("contract.binpb"))) {
                return new ContractComments(FileDescriptorSet.parseFrom(bytes));
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError("the build leaves the contract beside its classes (see ledger-api/pom.xml)", e);
        }
    }

    /** Paragraphs with an empty line between; empty when nothing was said. Names of fields are as in JSON. */
    String of(String fullName) {
        return comments.getOrDefault(fullName, "");
    }

    private void add(FileDescriptorProto file, Location location) {
        String name = name(file, location.getPathList());
        if (!name.isEmpty() && location.hasLeadingComments()) {
            comments.put(PACKAGE + "." + name, text(location.getLeadingComments()));
        }
    }

    /** The numbers are those of the fields in descriptor.proto. */
    private static String name(FileDescriptorProto file, List<Integer> path) {
        if (path.size() != 2 && path.size() != 4) {
            return "";
        }
        boolean inside = path.size() == 4;
        int inner = inside ? path.get(3) : 0;
        switch (path.get(0)) {
            case 4 -> {
                DescriptorProto message = file.getMessageType(path.get(1));
                boolean field = inside && path.get(2) == 2;
                return !inside
                        ? message.getName()
                        : field
                                ? message.getName() + "."
                                        + message.getField(inner).getName()
                                : "";
            }
            case 5 -> {
                EnumDescriptorProto type = file.getEnumType(path.get(1));
                return inside ? "" : type.getName();
            }
            case 6 -> {
                ServiceDescriptorProto service = file.getService(path.get(1));
                return service.getName()
                        + (inside ? "." + service.getMethod(inner).getName() : "");
            }
            default -> {
                return "";
            }
        }
    }

    private static String text(String comment) {
        String joined = comment.strip().replaceAll("\\n *\\n", "\u0000").replaceAll(" *\\n *", " ");
        Matcher names = SNAKE.matcher(joined.replace("\u0000", "\n\n"));
        return names.replaceAll(name -> "`" + camel(name.group(1)) + "`");
    }

    private static String camel(String snake) {
        return Pattern.compile("_([a-z])")
                .matcher(snake)
                .replaceAll(letter -> letter.group(1).toUpperCase(java.util.Locale.ROOT));
    }
}
