package io.stockledger.api.rest;

import com.google.protobuf.Message;
import io.stockledger.api.wire.JsonForm;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an HTTP request is answered with.
 *
 * @param headers beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // is made once and written once
record HttpAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {

    static HttpAnswer of(Message message, int status) {
        return new HttpAnswer(status, "application/json", Map.of(), JsonForm.write(message));
    }

    HttpAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, contentType, more, body);
    }

    /** That the caller has it already. */
    HttpAnswer unchanged() {
        return new HttpAnswer(304, contentType, headers, new byte[0]);
    }

    /** Writes all but the body. */
    void head(HttpServletResponse response) {
        response.setContentLength(body.length);
        head(response, status, contentType);
        headers.forEach(response::setHeader);
    }

    /** Stock is for those who asked; nobody between may keep it. */
    static void head(HttpServletResponse response, int status, String contentType) {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
    }
}
