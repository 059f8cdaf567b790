package io.stockledger.api.rest;

import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Authentication;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
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
            ProblemJson.send(counts.refused(cause).problem(), request, response);
            return;
        }
        send(
                Authentication.refused(request.getHeader(HttpHeaders.AUTHORIZATION), RestDoor.WHERE_CREDENTIALS_ARE),
                request,
                response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        String why = failure instanceof CsrfException
                ? "A session alone may change nothing (expected: the page's own token in header X-XSRF-TOKEN, or a bearer"
                        + " token)."
                : "The principal's roles do not allow this.";
        send(new RequestRefused(Problem.of(Failures.NOT_PERMITTED, why)), request, response);
    }

    private void send(RequestRefused why, HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestRefused refused = counts.refused(why, request.getRemoteUser(), request.getRemoteAddr());
        ProblemJson.send(refused.problem(), request, response);
    }
}
