package io.stockledger.api.rest;

import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.security.CallerAuthentication;
import io.stockledger.v1.WatchRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Changes of stock as server-sent events. */
@RestController
@RequestMapping("/v1")
final class WatchRoute {

    private final AvailabilityWatches watches;

    WatchRoute(AvailabilityWatches watches) {
        this.watches = watches;
    }

    @GetMapping(path = "/availability/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(HttpServletRequest request, CallerAuthentication caller) {
        WatchRequest question = QueryParameters.read(request, WatchRequest.getDefaultInstance());
        return SseWatcher.open(watches, question, caller.login());
    }
}
