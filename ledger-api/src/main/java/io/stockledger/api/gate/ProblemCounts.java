package io.stockledger.api.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;

/** Turns whatever went wrong into the problem that a caller is told, and counts it by reason. */
public final class ProblemCounts {

    private final MeterRegistry meters;

    public ProblemCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    public RequestRefused refused(Throwable failure) {
        Problem problem = Failures.problem(failure);
        Counter.builder("stockledger.refusals")
                .description("Requests that were refused, by reason")
                .tag("reason", problem.type().reason())
                .register(meters)
                .increment();
        if (problem.type().equals(Failures.BUSY)) {
            Counter.builder("stockledger.commands.busy")
                    .description("Commands turned away because too many wait")
                    .register(meters)
                    .increment();
        }
        return failure instanceof RequestRefused refused ? refused : new RequestRefused(problem);
    }
}
