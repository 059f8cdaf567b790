package io.stockledger.connectors.reaction;

import io.stockledger.connectors.reaction.Result.CarriedOut;
import io.stockledger.connectors.reaction.Result.Failed;
import io.stockledger.connectors.reaction.Result.Refused;
import io.stockledger.document.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of one effect: the call, what it tells the ledger, and what is written down of it. */
final class EffectTry {

    private static final Logger LOG = LoggerFactory.getLogger(EffectTry.class);
    private static final Duration LEDGER_WAIT = Duration.ofSeconds(10);
    private static final int LONGEST_TEXT = 4_000;

    private final Map<String, Reaction> reactions;
    private final EffectRows rows;
    private final WorkerSettings settings;
    private final InstantSource clock;
    private final EffectObserver observer;
    private final Function<Command, CompletableFuture<?>> ledger;

    EffectTry(
            Map<String, Reaction> reactions,
            EffectRows rows,
            WorkerSettings settings,
            InstantSource clock,
            EffectObserver observer,
            Function<Command, CompletableFuture<?>> ledger) {
        this.reactions = reactions;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        this.ledger = ledger;
    }

    /** @return what the target did; empty when it was not asked */
    Optional<Result> make(Effect effect, UUID claim) throws InterruptedException {
        Reaction reaction = reactions.get(effect.reaction());
        if (reaction == null) {
            failed(effect, claim, new Failed(null, "no reaction '" + effect.reaction() + "' on this node", null));
            return Optional.empty();
        }
        if (effect.carriedOut() != null) {
            conclude(reaction, effect, claim, effect.carriedOut());
            return Optional.empty();
        }
        Instant triedAt = clock.instant();
        long began = System.nanoTime();
        Result result;
        try {
            result = shortened(reaction.carryOut(effect, settings.timeout()));
        } catch (InterruptedException e) {
            rows.giveBack(effect, claim);
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Effect {} failed by a fault of reaction {}", effect.key(), effect.reaction(), e);
            result = shortened(new Failed(null, e.toString(), null));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        rows.log(effect, triedAt, took, result);
        observer.tried(effect.reaction(), result, took);
        if (result instanceof Failed failed) {
            failed(effect, claim, failed);
        } else {
            conclude(reaction, effect, claim, result);
        }
        return Optional.of(result);
    }

    /** The outcome is in the ledger before the effect has ended: a crash in between tells it again. */
    private void conclude(Reaction reaction, Effect effect, UUID claim, Result result) throws InterruptedException {
        try {
            Optional<Command> outcome = reaction.outcome(effect, result);
            if (outcome.isPresent()) {
                if (result instanceof CarriedOut answer && effect.carriedOut() == null) {
                    rows.answered(effect, answer);
                }
                ledger.apply(outcome.get()).get(LEDGER_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            LOG.warn("The outcome of effect {} is not in the ledger yet", effect.key(), cause);
            failed(effect, claim, shortened(new Failed(result.status(), "outcome not in the ledger: " + cause, null)));
            return;
        }
        Instant now = clock.instant();
        if (result instanceof CarriedOut done) {
            rows.done(effect, done.status(), now);
        } else if (result instanceof Refused refused) {
            park(effect, claim, refused.error());
        }
    }

    private void failed(Effect effect, UUID claim, Failed failed) {
        Duration atLeast = failed.retryAfter() == null ? Duration.ZERO : failed.retryAfter();
        double chance = ThreadLocalRandom.current().nextDouble();
        Optional<Instant> next =
                settings.retries().next(effect.tries(), effect.dueSince(), clock.instant(), atLeast, chance);
        if (next.isPresent()) {
            rows.again(effect, claim, next.get(), failed.error());
        } else {
            park(effect, claim, failed.error());
        }
    }

    private void park(Effect effect, UUID claim, String error) {
        if (rows.park(effect, claim, clock.instant(), error)) {
            LOG.warn("Effect {} for {} is given up: {}", effect.key(), effect.target(), error);
            observer.parked(effect.reaction(), 1);
        }
    }

    private static Result shortened(Result result) {
        if (result instanceof CarriedOut done) {
            return new CarriedOut(done.status(), shortened(done.answer()));
        }
        return result instanceof Failed failed
                ? shortened(failed)
                : new Refused(result.status(), shortened(((Refused) result).error()));
    }

    private static Failed shortened(Failed failed) {
        return new Failed(failed.status(), shortened(failed.error()), failed.retryAfter());
    }

    /** PostgreSQL takes no NUL in a text. */
    private static String shortened(String text) {
        String taken = text.replace('\0', ' ');
        return taken.length() <= LONGEST_TEXT ? taken : taken.substring(0, LONGEST_TEXT);
    }
}
