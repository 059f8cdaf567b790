package io.stockledger.api.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.stereotype.Component;

/**
 * Lets a name under {@code /v1} hold any character beside the contract too, as the door does: there a path is split before it
 * is decoded, so {@code %2F} is part of a name. What no name can be, such as {@code ..} or a raw semicolon, stays refused, and
 * so does all of it elsewhere.
 */
@Component
final class NamesInPaths implements HttpFirewall {

    private static final String NAMED = "/v1/";
    private static final List<String> ENCODED =
            List.of("%25", "%2f", "%2F", "%2f%2f", "%2f%2F", "%2F%2f", "%2F%2F", "%3b", "%3B", "%5c", "%5C");

    /** Tomcat leaves slashes encoded. */
    private static final List<String> DECODED =
            List.of("%", ";", "\\", "%2f", "%2F", "%2f%2f", "%2f%2F", "%2F%2f", "%2F%2F", "%5c", "%5C");

    private final StrictHttpFirewall strict = new StrictHttpFirewall();
    private final StrictHttpFirewall forNames = new StrictHttpFirewall();

    NamesInPaths() {
        remove(forNames.getEncodedUrlBlocklist(), ENCODED);
        remove(forNames.getDecodedUrlBlocklist(), DECODED);
    }

    private static void remove(Set<String> blocked, List<String> allowed) {
        allowed.forEach(blocked::remove);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        return request.getRequestURI().startsWith(NAMED)
                ? forNames.getFirewalledRequest(request)
                : strict.getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return strict.getFirewalledResponse(response);
    }
}
