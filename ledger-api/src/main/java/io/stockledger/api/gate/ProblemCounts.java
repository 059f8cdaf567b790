package io.stockledger.api.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.SecurityLog;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns whatever went wrong into the problem that a caller is told, and counts it by reason. */
public final class ProblemCounts {

    /** Reasons that tell of somebody who tries what is not theirs. */
    private static final Set<String> TOLD = Set.of("UNAUTHENTICATED", "NOT_PERMITTED", "LOCATION_NOT_ALLOWED");

    private final MeterRegistry meters;
    private final SecurityLog security;

    public ProblemCounts(MeterRegistry meters, SecurityLog security) {
        this.meters = meters;
        this.security = security;
    }

    /** The same of who makes a call. */
    RequestRefused refused(Throwable failure, Asker asker) {
        return asker.request().logged(() -> refused(failure, asker.name(), asker.address()));
    }

    /**
     * The same of somebody; the security log is told of who tries what is not theirs.
     *
     * @param principal null: nobody's who is known
     */
    public RequestRefused refused(Throwable failure, @Nullable String principal, @Nullable String address) {
        RequestRefused refused = refused(failure);
        String reason = refused.problem().type().reason();
        if (TOLD.contains(reason)) {
            security.tell(
                    reason.toLowerCase(Locale.ROOT).replace('_', '-'),
                    principal,
                    address,
                    refused.problem().message());
        }
        return refused;
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
