package io.stockledger.api.rest;

import io.stockledger.api.security.CallerAuthentication;
import io.stockledger.api.security.Login;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Calls from a page of the console, where a session stands for the credentials: Spring Security asks for it, and for the
 * page's own token where something is to change, before they come to the door.
 */
public final class PageCalls {

    private PageCalls() {}

    /** Whether a request shows a session, and no credentials of its own. */
    public static boolean isOne(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null && request.isRequestedSessionIdValid();
    }

    /** Whom Spring Security has let in with a session. */
    static Optional<Login> login() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication caller
                ? Optional.of(caller.login())
                : Optional.empty();
    }
}
