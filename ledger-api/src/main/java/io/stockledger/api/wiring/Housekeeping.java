package io.stockledger.api.wiring;

import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.FactFollowing;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.api.tls.Certificates;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** What has to be done now and then, and first of all when the service stops. */
@Component
final class Housekeeping implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    /** Also how late it is noticed that credentials are no longer good. */
    private static final long HEARTBEAT_SECONDS = 5;

    private static final long LAST_USED_SECONDS = 30;
    private static final long SECURITY_LOG_SECONDS = 1;
    private static final long TIDYING_SECONDS = 3_600;

    private final AvailabilityWatches watches;
    private final FactFollowing following;
    private final ApiKeys keys;
    private final SecurityLog security;
    private final Optional<Certificates> certificates;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(LedgerWiring.named("housekeeping-"));
    private volatile boolean running;

    Housekeeping(
            AvailabilityWatches watches,
            FactFollowing following,
            ApiKeys keys,
            SecurityLog security,
            Optional<Certificates> certificates) {
        this.certificates = certificates;
        this.watches = watches;
        this.following = following;
        this.keys = keys;
        this.security = security;
    }

    @Override
    public void start() {
        running = true;
        every(HEARTBEAT_SECONDS, keys::endRevoked);
        quietly(keys::lookForNumberRanges);
        every(HEARTBEAT_SECONDS, keys::lookForNumberRanges);
        every(HEARTBEAT_SECONDS, watches::heartbeat);
        every(HEARTBEAT_SECONDS, following::heartbeat);
        certificates.ifPresent(files -> every(HEARTBEAT_SECONDS, files::look));
        every(LAST_USED_SECONDS, this::saveLastUsed);
        every(SECURITY_LOG_SECONDS, security::write);
        every(TIDYING_SECONDS, security::tidy);
    }

    private void saveLastUsed() {
        keys.saveLastUsed().forEach(name -> security.tell("use-key-first", name, null, null));
    }

    private void every(long seconds, Runnable task) {
        var unused = timer.scheduleWithFixedDelay(() -> quietly(task), seconds, seconds, TimeUnit.SECONDS);
    }

    /** A task that throws would never run again. */
    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Housekeeping failed and is tried again later", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
        watches.close();
        following.close();
        quietly(this::saveLastUsed);
        quietly(security::write);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the wires, which wait for those who watch. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
