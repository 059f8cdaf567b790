package io.stockledger.api.rest;

import io.stockledger.api.wire.MalformedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header that names a try: bare, or in quotation marks as the IETF's draft of the header has it. */
final class IdempotencyKey {

    static final String NAME = "Idempotency-Key";

    private IdempotencyKey() {}

    /** @throws MalformedRequest when there are several, or one that names nothing */
    static @Nullable String of(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(NAME));
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw new MalformedRequest(NAME, "given " + values.size() + " times (expected: once)");
        }
        String value = values.get(0).strip();
        String key = value.startsWith("\"") ? quoted(value) : value;
        if (key.isEmpty()) {
            throw new MalformedRequest(NAME, "empty (expected: a name for the try)");
        }
        return key;
    }

    private static String quoted(String value) {
        if (!value.matches("\"([^\"\\\\]|\\\\[\"\\\\])*\"")) {
            throw new MalformedRequest(NAME, value + " (expected: a name, bare or wholly in quotation marks)");
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
