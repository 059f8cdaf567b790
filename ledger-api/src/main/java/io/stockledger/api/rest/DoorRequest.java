package io.stockledger.api.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.rest.RouteTable.Entry;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.api.wire.MalformedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/** Reads a message of the contract from a request: path, query string, header and body. */
final class DoorRequest {

    /** As many bytes as a gRPC message may have by default. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** Of who has shown no credentials. */
    private static final int MOST_BYTES_OF_STRANGERS = 16 * 1024;

    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
    private static final String ENCODING = "Content-Encoding";
    private static final String TRY_ID = "try_id";

    private DoorRequest() {}

    /** @throws RequestRefused when the caller sends another media type than JSON, or wants another back */
    static void requireJson(HttpServletRequest request, boolean hasBody) {
        String accepted = request.getHeader("Accept");
        if (!takesJson(accepted)) {
            throw new RequestRefused(
                    Problem.of(Failures.NOT_ACCEPTABLE, "Accept " + accepted + " (expected: one of [" + JSON + "])."));
        }
        String sent = request.getContentType();
        if (hasBody && !isJson(sent)) {
            throw new RequestRefused(Problem.of(
                    Failures.UNSUPPORTED_MEDIA_TYPE,
                    (sent == null ? "no Content-Type" : "Content-Type " + sent) + " (expected: " + JSON
                            + " in UTF-8)."));
        }
        if (hasBody) {
            requirePlain(request);
        }
    }

    /** @throws RequestRefused when the body is compressed */
    static void requirePlain(HttpServletRequest request) {
        String encoding = request.getHeader(ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RequestRefused(Problem.of(
                    Failures.UNSUPPORTED_MEDIA_TYPE,
                    ENCODING + " " + encoding + " (expected: none, the body as it is)."));
        }
    }

    private static boolean takesJson(@Nullable String accepted) {
        if (accepted == null || accepted.equals("*/*") || accepted.equals(JSON)) {
            return true;
        }
        try {
            return MediaType.parseMediaTypes(accepted).stream()
                    .anyMatch(type -> type.getQualityValue() > 0
                            && (type.isCompatibleWith(MediaType.APPLICATION_JSON)
                                    || type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static boolean isJson(@Nullable String sent) {
        if (sent == null || sent.equals(JSON)) {
            return sent != null;
        }
        try {
            MediaType type = MediaType.parseMediaType(sent);
            Charset charset = type.getCharset();
            return MediaType.APPLICATION_JSON.includes(type)
                    && (charset == null || charset.equals(StandardCharsets.UTF_8));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /**
     * The message that a request means.
     *
     * @param variables what the path has for the route's variables, still encoded
     * @param body empty where the route has none
     * @throws MalformedRequest when it means none
     */
    static Message read(HttpServletRequest request, Entry entry, List<String> variables, byte[] body) {
        Message message = entry.method().empty();
        if (entry.route().hasBody()) {
            refuseParameters(request);
            message = JsonForm.read(body, message);
        }
        List<FieldDescriptor> fields = entry.route().variables();
        for (int i = 0; i < fields.size(); i++) {
            message = named(message, fields.get(i), decoded(fields.get(i), variables.get(i)));
        }
        String key = entry.method().isCommand() ? IdempotencyKey.of(request) : null;
        if (key != null) {
            message = named(message, message.getDescriptorForType().findFieldByName(TRY_ID), key);
        }
        return entry.route().hasBody() ? message : QueryParameters.read(request, message);
    }

    /** @throws MalformedRequest when there are any */
    static void refuseParameters(HttpServletRequest request) {
        if (request.getQueryString() != null) {
            for (String name : QueryParameters.of(request).keySet()) {
                throw MalformedRequest.unknown(name, "parameter", Set.of());
            }
        }
    }

    /** How many bytes a body may have. */
    static int most(Entry entry) {
        return entry.answering().isOpen() ? MOST_BYTES_OF_STRANGERS : MOST_BYTES;
    }

    private static String decoded(FieldDescriptor field, String segment) {
        try {
            return segment.indexOf('%') < 0 ? segment : UriUtils.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedRequest(
                    field.getJsonName(), "'" + segment + "' (expected: percent-encoded UTF-8 in the path)");
        }
    }

    /** The message with a name that stands outside its body; one that is inside must be the same. */
    private static Message named(Message message, FieldDescriptor field, String value) {
        String inside = (String) message.getField(field);
        if (!inside.isEmpty() && !inside.equals(value)) {
            throw new MalformedRequest(
                    field.getJsonName(), "'" + inside + "' beside '" + value + "' (expected: the same, or only one)");
        }
        return message.toBuilder().setField(field, value).build();
    }
}
