package io.stockledger.api.rest;

import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.wire.MalformedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers with a problem document, or a page where pages are, what Tomcat refuses before it asks anybody, for example a path that is no UTF-8. */
final class UnreadableRequests extends ErrorReportValve {

    /** There is no template where Spring has not been asked. */
    private static final byte[] PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><title>Not shown · Stockledger</title></head>
            <body><p>This address cannot be read.</p><p><a href="/console/stock">To the stock</a></p></body>
            </html>
            """.getBytes(StandardCharsets.UTF_8);

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
        RequestRefused refused = counts.refused(refused(response, status));
        HttpAnswer answer = UnansweredRequests.isPage(request.getRequestURI())
                ? new HttpAnswer(refused.problem().type().httpStatus(), "text/html;charset=UTF-8", Map.of(), PAGE)
                : ProblemJson.answer(refused.problem(), RequestIds.of(request));
        RequestIds.tell(request, response);
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
