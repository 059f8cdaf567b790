package io.stockledger.postgres;

import java.time.Duration;
import java.util.Map;

/**
 * What may differ from one embedded PostgreSQL to the next.
 *
 * @param port TCP port on 127.0.0.1, 1 to 65535; 0 takes a free one at each start
 * @param startWithin how long a start may take, crash recovery included, before it counts as failed
 * @param stopWithin how long an orderly stop may take before the server is stopped at once (and recovers at next start)
 * @param serverSettings lines for postgresql.conf by name, laid over ours; durability can't be given away here
 */
public record EmbeddedPostgresOptions(
        int port, Duration startWithin, Duration stopWithin, Map<String, String> serverSettings) {

    public EmbeddedPostgresOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535, 0 for a free one)");
        }
        if (startWithin.toSeconds() < 1) {
            throw new IllegalArgumentException("startWithin: " + startWithin + " (expected: >= PT1S)");
        }
        if (stopWithin.toSeconds() < 1) {
            throw new IllegalArgumentException("stopWithin: " + stopWithin + " (expected: >= PT1S)");
        }
        for (String name : serverSettings.keySet()) {
            if (ServerConfiguration.isFixed(name)) {
                throw new IllegalArgumentException("serverSettings: " + name
                        + " is not open to change (expected: none of " + ServerConfiguration.FIXED.keySet() + ")");
            }
        }
        serverSettings = Map.copyOf(serverSettings);
    }

    /** A free port, 2 minutes to start, 20 seconds to stop, our server settings. */
    public static EmbeddedPostgresOptions standard() {
        return new EmbeddedPostgresOptions(0, Duration.ofMinutes(2), Duration.ofSeconds(20), Map.of());
    }

    public EmbeddedPostgresOptions withPort(int newPort) {
        return new EmbeddedPostgresOptions(newPort, startWithin, stopWithin, serverSettings);
    }

    public EmbeddedPostgresOptions withServerSettings(Map<String, String> newServerSettings) {
        return new EmbeddedPostgresOptions(port, startWithin, stopWithin, newServerSettings);
    }
}
