package io.stockledger.connectors.reaction;

import io.stockledger.document.Command;
import io.stockledger.projections.view.ViewListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out on this node what is due. One thread claims effects, target by target and no more than can begin at once;
 * each call has a thread of its own until it ends. No transaction is open during a call: a claim runs out by itself, so
 * that what a dead node had begun is taken up by another.
 */
public final class EffectWorkers implements AutoCloseable, ViewListener {

    private static final Logger LOG = LoggerFactory.getLogger(EffectWorkers.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);
    private static final Duration TIDYING = Duration.ofMinutes(1);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final WorkerSettings settings;
    private final InstantSource clock;
    private final EffectObserver observer;
    private final EffectRows rows;
    private final EffectTidying tidying;
    private final EffectTry tries;
    private final Lanes lanes;
    private final Semaphore work = new Semaphore(0);
    private final ExecutorService callers;
    private final Thread dispatcher = new Thread(this::run, "effect-dispatcher");
    private volatile boolean closing;
    private Instant tidiedAt = Instant.MIN;

    private EffectWorkers(
            Map<String, Reaction> reactions,
            DataSource dataSource,
            WorkerSettings settings,
            InstantSource clock,
            EffectObserver observer,
            Function<Command, CompletableFuture<?>> ledger) {
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        this.rows = new EffectRows(dataSource);
        this.tidying = new EffectTidying(dataSource, settings);
        this.tries = new EffectTry(reactions, rows, settings, clock, observer, ledger);
        this.lanes = new Lanes(settings);
        this.callers = callers(settings.atOnce());
    }

    /**
     * @param dataSource gives a connection for each of a call's few statements, never for the call itself
     * @param ledger takes the commands that tell outcomes
     */
    public static EffectWorkers start(
            List<Reaction> reactions,
            DataSource dataSource,
            WorkerSettings settings,
            InstantSource clock,
            EffectObserver observer,
            Function<Command, CompletableFuture<?>> ledger) {
        Map<String, Reaction> byName = new HashMap<>();
        for (Reaction reaction : reactions) {
            if (byName.put(reaction.name(), reaction) != null) {
                throw new IllegalArgumentException("two reactions are called " + reaction.name());
            }
        }
        EffectWorkers workers = new EffectWorkers(byName, dataSource, settings, clock, observer, ledger);
        workers.dispatcher.setDaemon(true);
        workers.dispatcher.start();
        return workers;
    }

    /** Looks for due effects at once. */
    public void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    /** So that it can listen to the reactions' views. */
    @Override
    public void moved(long position, Collection<String> keys) {
        if (!keys.isEmpty()) {
            wake();
        }
    }

    @Override
    public void movedFar(long position) {
        wake();
    }

    /** The targets that this node has dealt with lately. */
    public List<TargetStatus> statuses() {
        return lanes.statuses();
    }

    /** Begins nothing more and waits for the calls under way; what does not end in time stays due. */
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            dispatcher.join(SHUTDOWN.toMillis());
            callers.shutdown();
            if (!callers.awaitTermination(SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS)) {
                callers.shutdownNow();
            }
        } catch (InterruptedException e) {
            callers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Instant begun = clock.instant();
        while (!closing) {
            try {
                tidy(begun);
                dispatch();
            } catch (RuntimeException | Error e) {
                if (!closing) {
                    LOG.warn("Due effects can't be looked for, and are again in {}", settings.look(), e);
                }
            }
            try {
                if (work.tryAcquire(settings.look().toMillis(), TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void tidy(Instant begun) {
        Instant now = clock.instant();
        if (!tidiedAt.isBefore(now.minus(TIDYING))) {
            return;
        }
        tidiedAt = now;
        if (begun.isBefore(now.minus(EffectTidying.GRACE))) {
            tidying.giveUp(now).forEach((reaction, effects) -> {
                LOG.warn("{} effects of {} were given up: their targets were left alone too long", effects, reaction);
                observer.parked(reaction, effects);
            });
        }
        tidying.drop(now);
    }

    private void dispatch() {
        List<String> targets = rows.targets();
        lanes.keepOnly(targets);
        // Begins elsewhere each time, so that no target is always the last to get a thread.
        Collections.rotate(targets, -(int) (System.nanoTime() % Math.max(1, targets.size())));
        for (String target : targets) {
            int most = lanes.free(target, clock.instant());
            if (most > 0) {
                UUID claim = UUID.randomUUID();
                for (Effect effect : rows.claim(target, most, claim, clock.instant(), settings.claim())) {
                    begin(effect, claim);
                }
            }
        }
    }

    private void begin(Effect effect, UUID claim) {
        lanes.begun(effect.target());
        try {
            callers.execute(() -> attempt(effect, claim));
        } catch (RuntimeException e) {
            // Closed in between; the claim runs out.
            lanes.ended(effect.target());
            throw e;
        }
    }

    private void attempt(Effect effect, UUID claim) {
        try {
            tries.make(effect, claim).ifPresent(result -> judge(effect, result));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn(
                    "How effect {} ended can't be written down; it is tried again in {}",
                    effect.key(),
                    settings.claim(),
                    e);
        } finally {
            lanes.ended(effect.target());
            wake();
        }
    }

    private void judge(Effect effect, Result result) {
        String target = effect.target();
        if (result instanceof Result.Failed) {
            if (lanes.failed(target, clock.instant())) {
                LOG.info("{} fails and is left alone for a while", target);
                observer.circuit(target, true);
            }
        } else if (lanes.succeeded(target)) {
            LOG.info("{} answers again", target);
            observer.circuit(target, false);
        }
    }

    /** What may begin is for {@link Lanes} to say; a thread that is not back yet only means that a call waits for it. */
    private static ExecutorService callers(int threads) {
        ThreadPoolExecutor callers = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("effect-"));
        callers.allowCoreThreadTimeOut(true);
        return callers;
    }

    private static ThreadFactory named(String prefix) {
        return task -> {
            Thread thread = new Thread(task, prefix + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
