package io.stockledger.api.rest;

import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.MalformedRequest;
import io.stockledger.document.InvalidCommand;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Answers what was refused with nothing but a status: with a page where pages are, with a problem elsewhere. */
@Controller
final class UnansweredRequests implements ErrorController {

    private static final String PAGES = "/console";

    private final ProblemCounts counts;
    private final ErrorAttributes errors;

    UnansweredRequests(ProblemCounts counts, ErrorAttributes errors) {
        this.counts = counts;
        this.errors = errors;
    }

    static boolean isPage(@Nullable String path) {
        return path != null && (path.equals(PAGES) || path.startsWith(PAGES + "/"));
    }

    @RequestMapping("/error")
    Object answer(
            HttpServletRequest request,
            HttpServletResponse response,
            @AuthenticationPrincipal @Nullable Caller caller) {
        String path = text(request, RequestDispatcher.ERROR_REQUEST_URI, request.getRequestURI());
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer known ? known : 404;
        Throwable failure = errors.getError(new ServletWebRequest(request));
        if (isPage(path)) {
            response.setStatus(status);
            return new ModelAndView("console/refused", model(sentence(status, path, failure), caller));
        }
        String verb = text(request, RequestDispatcher.ERROR_METHOD, request.getMethod());
        return ProblemJson.response(
                counts.refused(refused(status, verb, path, failure, response)).problem(), RequestIds.of(request));
    }

    private static Map<String, Object> model(String sentence, @Nullable Caller caller) {
        return caller == null ? Map.of("said", sentence) : Map.of("said", sentence, "caller", caller);
    }

    private static String sentence(int status, String path, @Nullable Throwable failure) {
        if (failure instanceof RequestRefused refused) {
            return refused.problem().message();
        }
        if (failure instanceof InvalidCommand invalid) {
            return String.valueOf(invalid.getMessage());
        }
        if (failure instanceof ResponseStatusException told && told.getReason() != null) {
            return told.getReason();
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return "This address lacks '" + missing.getParameterName() + "'.";
        }
        return switch (status) {
            case 400 -> failure == null ? noPage(path) : "A value in this address cannot be read.";
            case 403 -> "Your key may not see this, or the page was open for too long. Go back and try again.";
            case 404 -> noPage(path);
            case 405 -> "This address is not for that. Go back and try again.";
            default -> "The page could not be made. Try again; the log of the service says why.";
        };
    }

    private static String noPage(String path) {
        return "There is no page '" + path + "'.";
    }

    private static Throwable refused(
            int status, String verb, String path, @Nullable Throwable failure, HttpServletResponse response) {
        String allowed = response.getHeader("Allow");
        return switch (status) {
            case 400 ->
                failure == null
                        ? new MalformedRequest(
                                "",
                                "'" + verb + " " + path
                                        + "' (expected: a method of HTTP in capitals, and a path with no"
                                        + " empty part, no '.', '..' or ';')")
                        : new MalformedRequest("", "the body cannot be read to its end");
            case 408 -> new MalformedRequest("", "the body did not come to its end in time");
            case 403 -> new RequestRefused(Problem.of(Failures.NOT_PERMITTED, "This is not permitted."));
            case 404 -> new RequestRefused(Problem.of(Failures.NOT_FOUND, "There is nothing at " + path + "."));
            case 405 ->
                new RequestRefused(Problem.of(
                        Failures.METHOD_NOT_ALLOWED,
                        verb + " " + path + " (expected: "
                                + (allowed == null ? "another method" : "one of [" + allowed + "]") + ")."));
            case 413 -> new RequestRefused(Problem.of(Failures.TOO_LARGE, "The request has more bytes than are read."));
            default ->
                failure == null
                        ? new IllegalStateException(verb + " " + path + " was answered with a bare " + status)
                        : failure;
        };
    }

    private static String text(HttpServletRequest request, String attribute, String otherwise) {
        return request.getAttribute(attribute) instanceof String text ? text : otherwise;
    }
}
