package io.stockledger.api.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.projections.view.ViewStatus;
import io.stockledger.projections.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How far each view is behind, and what it has set aside, as meters. */
public final class ViewMetrics {

    /** One scrape reads many meters; they share one look. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Views views;
    private final InstantSource clock;
    private List<ViewStatus> statuses = List.of();
    private Instant lookedAt = Instant.EPOCH;

    public ViewMetrics(Views views, InstantSource clock, MeterRegistry meters) {
        this.views = views;
        this.clock = clock;
        for (ViewStatus view : views.statuses()) {
            gauge(
                    meters,
                    view.view(),
                    "stockledger.view.lag.seconds",
                    "How long the view has been behind",
                    status -> status.behind().toNanos() / 1e9);
            gauge(
                    meters,
                    view.view(),
                    "stockledger.view.lag.positions",
                    "How many positions the ledger is ahead of the view",
                    ViewStatus::positionsBehind);
            gauge(
                    meters,
                    view.view(),
                    "stockledger.parked.facts",
                    "Facts that the view could not take, and those that wait behind them",
                    ViewStatus::parkedFacts);
        }
    }

    private void gauge(
            MeterRegistry meters, String view, String name, String description, ToDoubleFunction<ViewStatus> value) {
        Gauge.builder(name, this, metrics -> metrics.look(view, value))
                .description(description)
                .tag("view", view)
                .register(meters);
    }

    private synchronized double look(String view, ToDoubleFunction<ViewStatus> value) {
        Instant now = clock.instant();
        if (now.isAfter(lookedAt.plus(LOOK))) {
            statuses = views.statuses();
            lookedAt = now;
        }
        return statuses.stream()
                .filter(status -> status.view().equals(view))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
