package io.stockledger.api.rest;

import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.wire.MalformedRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers with a problem document what Tomcat refuses before it asks anybody, for example a path that is no UTF-8. */
final class UnreadableRequests extends ErrorReportValve {

    private static final String API = "/v1";

    private final ProblemCounts counts;

    UnreadableRequests(ProblemCounts counts) {
        this.counts = counts;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        String path = request.getRequestURI();
        boolean untold = response.getContentWritten() == 0 && response.setErrorReported();
        if (response.getStatus() != 400 || path == null || !path.startsWith(API) || !untold) {
            return;
        }
        HttpAnswer answer = ProblemJson.answer(counts.refused(
                        new MalformedRequest("", "the request is not HTTP, or its path not percent-encoded UTF-8"))
                .problem());
        try {
            answer.head(response.getResponse());
            response.getResponse().getOutputStream().write(answer.body());
        } catch (IOException e) {
            // The caller has hung up; there is nobody to answer.
            container.getLogger().debug("nobody to answer", e);
        }
    }
}
