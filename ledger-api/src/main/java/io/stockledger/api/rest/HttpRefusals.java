package io.stockledger.api.rest;

import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers those who come without credentials, or with ones that are not enough, before any controller. */
@Component
public final class HttpRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ProblemCounts counts;

    HttpRefusals(ProblemCounts counts) {
        this.counts = counts;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        Throwable cause = failure.getCause();
        if (cause != null) {
            ProblemJson.send(counts.refused(cause).problem(), response);
            return;
        }
        boolean shown = request.getHeader("Authorization") != null;
        send(
                Problem.of(
                        Failures.UNAUTHENTICATED,
                        shown
                                ? "The bearer token is unknown, revoked or out of date."
                                : "No bearer token (expected: header 'Authorization: Bearer …')."),
                request,
                response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        send(Problem.of(Failures.NOT_PERMITTED, "The principal's roles do not allow this."), request, response);
    }

    private void send(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestRefused refused =
                counts.refused(new RequestRefused(problem), request.getRemoteUser(), request.getRemoteAddr());
        ProblemJson.send(refused.problem(), response);
    }
}
