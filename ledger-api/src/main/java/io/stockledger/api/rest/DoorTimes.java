package io.stockledger.api.rest;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockledger.api.rest.RouteTable.Entry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long the door's answers took, under the name and tags that Spring gives its own routes. */
final class DoorTimes {

    private static final String NAME = "http.server.requests";

    private final MeterRegistry meters;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String verb, String path, int status) {}

    DoorTimes(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param entry null where the path has no such verb */
    void took(String verb, @Nullable Entry entry, int status, long nanos) {
        // What nobody declared is counted together, or each invented verb would be a meter.
        Kind kind = entry == null ? new Kind("UNKNOWN", "UNKNOWN", status) : new Kind(verb, entry.path(), status);
        timers.computeIfAbsent(kind, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder(NAME)
                .tag("error", "none")
                .tag("exception", "none")
                .tag("method", kind.verb())
                .tag("outcome", outcome(kind.status()))
                .tag("status", String.valueOf(kind.status()))
                .tag("uri", kind.path())
                .register(meters);
    }

    private static String outcome(int status) {
        return status < 400 ? "SUCCESS" : status < 500 ? "CLIENT_ERROR" : "SERVER_ERROR";
    }
}
