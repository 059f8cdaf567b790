package io.stockledger.api.rest;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * What bodies may be on the routes beside the door, which read them while a thread waits: as they are, and small where they
 * are JSON. Few are read at once, so that slow ones leave threads to everybody else.
 */
final class PlainBodies implements AsyncHandlerInterceptor {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_AT_ONCE = 8;
    private static final String READING = PlainBodies.class.getName();

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        DoorRequest.requirePlain(request);
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (!hasBody || request.getAttribute(READING) != null) {
            return true;
        }
        if (isJson(request) && (request.getContentLengthLong() < 0 || request.getContentLengthLong() > MOST_BYTES)) {
            throw new RequestRefused(Problem.of(
                    Failures.TOO_LARGE,
                    "The body has more than " + MOST_BYTES + " bytes, or does not say how many (expected: at most so"
                            + " many, and a Content-Length)."));
        }
        if (!places.tryAcquire()) {
            throw new RequestRefused(Failures.busy("Too many requests are being read at once."));
        }
        request.setAttribute(READING, true);
        return true;
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_JSON_VALUE);
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        done(request);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        done(request);
    }

    private void done(HttpServletRequest request) {
        if (Boolean.TRUE.equals(request.getAttribute(READING))) {
            request.setAttribute(READING, false);
            places.release();
        }
    }
}
