package io.stockledger.api.rest;

import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.ProblemType;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.wire.MalformedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Answers everything that goes wrong with a problem document. */
@Order(Ordered.LOWEST_PRECEDENCE)
@RestControllerAdvice
final class ProblemAnswers {

    private final ProblemCounts counts;

    ProblemAnswers(ProblemCounts counts) {
        this.counts = counts;
    }

    @ExceptionHandler(RequestRefused.class)
    @Nullable ResponseEntity<byte[]> refused(RequestRefused refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (UnansweredRequests.isPage(request.getRequestURI())) {
            response.sendError(refused.problem().type().httpStatus());
            return null;
        }
        return ProblemJson.response(refused.problem(), RequestIds.of(request));
    }

    /** The caller has hung up; there is nobody to answer. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void gone() {}

    @ExceptionHandler(Exception.class)
    ResponseEntity<byte[]> failed(Exception failure, HttpServletRequest request) throws Exception {
        if (UnansweredRequests.isPage(request.getRequestURI())) {
            throw failure;
        }
        Problem problem = counts.refused(translated(failure, request)).problem();
        return failure instanceof HttpRequestMethodNotSupportedException wrong
                ? ProblemJson.response(
                        problem, RequestIds.of(request), HttpHeaders.ALLOW, String.join(", ", verbs(wrong)))
                : ProblemJson.response(problem, RequestIds.of(request));
    }

    private static List<String> verbs(HttpRequestMethodNotSupportedException wrong) {
        String[] supported = wrong.getSupportedMethods();
        return supported == null ? List.of() : Stream.of(supported).sorted().toList();
    }

    private static Throwable translated(Exception failure, HttpServletRequest request) {
        if (failure instanceof HttpRequestMethodNotSupportedException wrong) {
            return refused(
                    Failures.METHOD_NOT_ALLOWED,
                    request.getMethod() + " " + request.getRequestURI() + " (expected: one of " + verbs(wrong) + ").");
        }
        if (failure instanceof HttpMediaTypeNotSupportedException wrong) {
            String sent = request.getContentType();
            return refused(
                    Failures.UNSUPPORTED_MEDIA_TYPE,
                    (sent == null ? "no Content-Type" : "Content-Type " + sent)
                            + expected(wrong.getSupportedMediaTypes())
                            + (sent != null && sent.contains("charset") ? " A charset that is named must exist." : ""));
        }
        if (failure instanceof HttpMediaTypeNotAcceptableException wrong) {
            return refused(
                    Failures.NOT_ACCEPTABLE,
                    "Accept " + request.getHeader("Accept") + expected(wrong.getSupportedMediaTypes()));
        }
        if (failure instanceof NoResourceFoundException) {
            return refused(Failures.NOT_FOUND, "There is nothing at " + request.getRequestURI() + ".");
        }
        if (failure instanceof MaxUploadSizeExceededException) {
            return refused(Failures.TOO_LARGE, "The upload has more bytes than are read.");
        }
        if (failure instanceof MethodArgumentTypeMismatchException wrong) {
            return new MalformedRequest(wrong.getName(), "'" + wrong.getValue() + "' (expected: another type)");
        }
        if (failure.getCause() instanceof DatabindException wrong) {
            String field = wrong.getPath().stream()
                    .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                    .collect(Collectors.joining("."));
            return new MalformedRequest(
                    field,
                    wrong instanceof UnrecognizedPropertyException unknown
                            ? "unknown field (expected: one of " + unknown.getKnownPropertyIds() + ")"
                            : "a value of another type than expected");
        }
        if (failure instanceof HttpMessageNotReadableException || failure instanceof ServletRequestBindingException) {
            return new MalformedRequest("", "The body or a parameter is missing or cannot be read.");
        }
        return failure;
    }

    /** A header that cannot be read comes without what would have been. */
    private static String expected(List<MediaType> types) {
        return types.isEmpty() ? " (expected: a media type)." : " (expected: one of " + types + ").";
    }

    private static RequestRefused refused(ProblemType type, String message) {
        return new RequestRefused(Problem.of(type, message, Map.of()));
    }
}
