package io.stockledger.api.gate;

import io.stockledger.api.security.Caller;
import io.stockledger.api.security.SecurityEvent;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.api.wire.PageToken;
import io.stockledger.api.wire.SecurityLogWire;
import io.stockledger.v1.ListSecurityEventsRequest;
import io.stockledger.v1.SecurityEventPage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The security log, for who may see it. */
public final class SecurityEvents {

    private final Queries queries;
    private final SecurityLog log;

    public SecurityEvents(Queries queries, SecurityLog log) {
        this.queries = queries;
        this.log = log;
    }

    CompletableFuture<SecurityEventPage> list(ListSecurityEventsRequest request, Caller caller) {
        return queries.askPermitted(caller, () -> {
            int size = PageToken.size(request.getPageSize());
            List<SecurityEvent> events = log.latest(PageToken.position(request.getPageToken(), Long.MAX_VALUE), size);
            return SecurityLogWire.page(events, size);
        });
    }
}
