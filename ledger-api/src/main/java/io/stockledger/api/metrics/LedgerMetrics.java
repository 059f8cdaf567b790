package io.stockledger.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stockledger.document.Command;
import io.stockledger.ledger.Answer;
import io.stockledger.ledger.LedgerObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Commands by kind and outcome, and appends, as meters. */
public final class LedgerMetrics implements LedgerObserver {

    private static final Duration[] COMMAND_BUCKETS = milliseconds(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000);
    private static final Duration[] APPEND_BUCKETS = milliseconds(1, 2, 5, 10, 20, 50, 100, 500, 1_000);

    private final MeterRegistry meters;
    private final Map<Kind, Timer> commands = new ConcurrentHashMap<>();
    private final Timer appends;
    private final DistributionSummary factsPerAppend;
    private final Counter conflicts;

    private record Kind(String command, String outcome) {}

    public LedgerMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.appends = Timer.builder("stockledger.append")
                .description("Time of one append to the store")
                .serviceLevelObjectives(APPEND_BUCKETS)
                .register(meters);
        this.factsPerAppend = DistributionSummary.builder("stockledger.append.facts")
                .description("Facts appended at once")
                .register(meters);
        this.conflicts = Counter.builder("stockledger.append.conflicts")
                .description("Appends that the store refused because another node wrote first")
                .register(meters);
    }

    @Override
    public void answered(Command command, Answer answer, Duration took) {
        String outcome = answer.repeated() ? "repeated" : answer instanceof Answer.Accepted ? "accepted" : "refused";
        timer(command, outcome).record(took);
    }

    @Override
    public void failed(Command command, Throwable reason) {
        timer(command, "failed").record(Duration.ZERO);
    }

    @Override
    public void appended(int facts, Duration took) {
        appends.record(took);
        factsPerAppend.record(facts);
    }

    @Override
    public void conflicted() {
        conflicts.increment();
    }

    private Timer timer(Command command, String outcome) {
        return commands.computeIfAbsent(
                new Kind(command.name(), outcome),
                kind -> Timer.builder("stockledger.commands")
                        .description("From a command's submission to its answer")
                        .tag("command", kind.command)
                        .tag("outcome", kind.outcome)
                        .serviceLevelObjectives(COMMAND_BUCKETS)
                        .register(meters));
    }

    private static Duration[] milliseconds(long... values) {
        Duration[] durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofMillis(values[i]);
        }
        return durations;
    }
}
