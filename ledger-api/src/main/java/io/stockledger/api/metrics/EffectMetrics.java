package io.stockledger.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockledger.connectors.reaction.EffectLog;
import io.stockledger.connectors.reaction.EffectLog.Totals;
import io.stockledger.connectors.reaction.EffectObserver;
import io.stockledger.connectors.reaction.EffectWorkers;
import io.stockledger.connectors.reaction.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** What is due outside, what was given up, and how tries end, as meters. */
public final class EffectMetrics implements EffectObserver {

    private static final Logger LOG = LoggerFactory.getLogger(EffectMetrics.class);

    /** One scrape reads many meters; they share one look. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final EffectLog log;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private List<Totals> totals = List.of();
    private Instant lookedAt = Instant.EPOCH;
    private boolean known;

    /** @param reactions by their names */
    public EffectMetrics(EffectLog log, List<String> reactions, InstantSource clock, MeterRegistry meters) {
        this.log = log;
        this.clock = clock;
        this.meters = meters;
        for (String reaction : reactions) {
            gauge(reaction, "stockledger.effects.due", "Effects that are to be carried out", Totals::due);
            gauge(
                    reaction,
                    "stockledger.effects.parked",
                    "Effects that were given up and wait to be sent again",
                    Totals::parked);
            gauge(
                    reaction,
                    "stockledger.effects.oldest.due.seconds",
                    "How long the oldest effect that is due has been",
                    this::age);
        }
    }

    private void gauge(String reaction, String name, String description, ToDoubleFunction<Totals> value) {
        Gauge.builder(name, this, metrics -> metrics.look(reaction, value))
                .description(description)
                .tag("reaction", reaction)
                .register(meters);
    }

    /** Counts the targets that these leave alone. */
    public void watch(EffectWorkers workers) {
        Gauge.builder("stockledger.targets.left.alone", workers, EffectMetrics::leftAlone)
                .description("Targets that fail and are left alone for a while")
                .register(meters);
    }

    private static double leftAlone(EffectWorkers workers) {
        return workers.statuses().stream()
                .filter(target -> target.leftAloneUntil() != null)
                .count();
    }

    private double age(Totals of) {
        Instant oldest = of.oldestDue();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1e3);
    }

    private synchronized double look(String reaction, ToDoubleFunction<Totals> value) {
        Instant now = clock.instant();
        if (now.isAfter(lookedAt.plus(LOOK))) {
            lookedAt = now;
            try {
                totals = log.totals();
                known = true;
            } catch (DataAccessException e) {
                known = false;
                LOG.debug("What is due outside is not known", e);
            }
        }
        if (!known) {
            return Double.NaN;
        }
        return totals.stream()
                .filter(of -> of.reaction().equals(reaction))
                .mapToDouble(value)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void tried(String reaction, Result result, Duration took) {
        String outcome =
                result instanceof Result.CarriedOut ? "done" : result instanceof Result.Failed ? "failed" : "refused";
        Timer.builder("stockledger.effects.tries")
                .description("Calls to other systems, by how they ended")
                .tag("reaction", reaction)
                .tag("outcome", outcome)
                .register(meters)
                .record(took);
    }

    @Override
    public void parked(String reaction, long effects) {
        Counter.builder("stockledger.effects.given.up")
                .description("Effects that were given up")
                .tag("reaction", reaction)
                .register(meters)
                .increment((double) effects);
    }
}
