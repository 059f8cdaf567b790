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

    private final ProblemCounts counts;

    UnreadableRequests(ProblemCounts counts) {
        this.counts = counts;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpAnswer answer =
                ProblemJson.answer(counts.refused(refused(response, status)).problem());
        try {
            answer.head(response.getResponse());
            response.getResponse().getOutputStream().write(answer.body());
        } catch (IOException e) {
            // The caller has hung up; there is nobody to answer.
            container.getLogger().debug("nobody to answer", e);
        }
    }

    /** Tomcat says something of a path that it cannot read, and nothing of headers. */
    private static Throwable refused(Response response, int status) {
        if (status >= 500) {
            return new IllegalStateException("a request was answered with a bare " + status);
        }
        String said = response.getMessage();
        return new MalformedRequest(
                "",
                said == null || said.isEmpty()
                        ? "the request's headers cannot be read (expected: HTTP with one header Host, 8 KiB at most)"
                        : "the path cannot be read (expected: percent-encoded UTF-8 that does not leave the root)");
    }
}
