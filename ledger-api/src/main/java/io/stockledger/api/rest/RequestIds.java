package io.stockledger.api.rest;

import io.stockledger.api.problem.RequestId;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/** Gives each request its id before anybody else is asked, and says it in the answer, whoever makes that. */
final class RequestIds extends ValveBase {

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final String ONLY_BY_TLS = "Strict-Transport-Security";
    private static final String FOR_A_YEAR = "max-age=31536000 ; includeSubDomains";

    RequestIds() {
        super(true);
    }

    /** What a request is called. */
    static RequestId of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestId id ? id : RequestId.current();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        RequestId id = RequestId.of(
                only(request.getHeaders(RequestId.HEADER)), only(request.getHeaders(RequestId.TRACE_HEADER)));
        request.setAttribute(ATTRIBUTE, id);
        tell(request, response);
        try (RequestId.Logged logged = id.logged()) {
            getNext().invoke(request, response);
        }
    }

    /** The headers that each answer has, also one that is begun anew because the one before failed. */
    static void tell(HttpServletRequest request, HttpServletResponse response) {
        RequestId id = of(request);
        response.setHeader(RequestId.HEADER, id.id());
        if (id.traceparent() != null) {
            response.setHeader(RequestId.TRACE_HEADER, id.traceparent());
        }
        if (request.isSecure()) {
            response.setHeader(ONLY_BY_TLS, FOR_A_YEAR);
        }
    }

    /** Of several nobody knows which is meant. */
    private static @Nullable String only(Enumeration<String> values) {
        if (!values.hasMoreElements()) {
            return null;
        }
        String first = values.nextElement();
        return values.hasMoreElements() ? null : first;
    }
}
