package io.stockledger.api.contract;

import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where REST has a method: a {@code google.api.http} rule of the plain kind.
 *
 * @param verb for example {@code POST}
 * @param segments of the path, which begins with a slash
 * @param hasBody whether the message is the body; else it is in the query string
 */
public record Route(String verb, List<Segment> segments, boolean hasBody) {

    public Route {
        segments = List.copyOf(segments);
    }

    /**
     * A part of a path between two slashes.
     *
     * @param variable the field that this part fills; empty for a literal
     */
    public record Segment(String text, Optional<FieldDescriptor> variable) {
        @Override
        public String toString() {
            return variable.map(field -> "{" + field.getJsonName() + "}").orElse(text);
        }
    }

    /** @throws IllegalArgumentException when the rule is of a kind that REST here does not have */
    static Route of(HttpRule rule, Descriptor message) {
        String verb = rule.getPatternCase().name();
        String path = switch (rule.getPatternCase()) {
            case GET -> rule.getGet();
            case PUT -> rule.getPut();
            case POST -> rule.getPost();
            case DELETE -> rule.getDelete();
            case PATCH -> rule.getPatch();
            default -> throw new IllegalArgumentException(rule + " (expected: get, put, post, delete or patch)");
        };
        boolean hasBody = rule.getBody().equals("*");
        if (!hasBody && !rule.getBody().isEmpty()) {
            throw new IllegalArgumentException("body '" + rule.getBody() + "' of " + path + " (expected: '*' or none)");
        }
        List<Segment> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(segment(segment, path, message));
        }
        return new Route(verb, segments, hasBody);
    }

    private static Segment segment(String segment, String path, Descriptor message) {
        if (!segment.startsWith("{")) {
            return new Segment(segment, Optional.empty());
        }
        FieldDescriptor field = message.findFieldByName(segment.substring(1, segment.length() - 1));
        if (field == null || field.getJavaType() != JavaType.STRING || field.isRepeated()) {
            throw new IllegalArgumentException(
                    segment + " in " + path + " (expected: a text field of " + message.getName() + ")");
        }
        return new Segment(segment, Optional.of(field));
    }

    /** The fields that the path fills. */
    public List<FieldDescriptor> variables() {
        return segments.stream().flatMap(segment -> segment.variable().stream()).toList();
    }

    /** As openapi.yaml writes it, for example {@code /v1/reservations/{reservationId}/release}. */
    public String path() {
        StringBuilder path = new StringBuilder();
        segments.forEach(segment -> path.append('/').append(segment));
        return path.toString();
    }

    @Override
    public String toString() {
        return verb + " " + path();
    }
}
