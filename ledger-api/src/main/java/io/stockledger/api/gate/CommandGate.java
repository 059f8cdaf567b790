package io.stockledger.api.gate;

import com.google.protobuf.Message;
import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import io.stockledger.api.wire.AcceptedWire;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.document.Command;
import io.stockledger.ledger.Answer;
import io.stockledger.ledger.Ledger;
import io.stockledger.v1.Accepted;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The one way for commands: permission, rate, reading, submission, and the answer as a message. */
public final class CommandGate {

    private final Ledger ledger;
    private final RateLimits rates;
    private final ProblemCounts counts;

    public CommandGate(Ledger ledger, RateLimits rates, ProblemCounts counts) {
        this.ledger = ledger;
        this.rates = rates;
        this.counts = counts;
    }

    /** Never throws: whatever is wrong is the future's {@link RequestRefused}. */
    public <M extends Message> CompletableFuture<Accepted> send(CommandWire<M> wire, M message, Caller caller) {
        try {
            caller.require(Permission.toSend(wire.name()));
            rates.require(caller);
            Command command = wire.commandOf(message);
            Permission.beyond(command).forEach(caller::require);
            return ledger.submit(command, wire.provenanceOf(message, caller.name(), caller.locations()))
                    .handle(this::accepted);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(counts.refused(e));
        }
    }

    /** @throws RequestRefused when the ledger failed or would not */
    private Accepted accepted(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer instanceof Answer.Accepted accepted) {
            return AcceptedWire.of(accepted);
        }
        if (answer instanceof Answer.Refused refused) {
            throw counts.refused(new RequestRefused(Refusals.problem(refused.refusal())));
        }
        throw counts.refused(failure == null ? new IllegalStateException("neither answer nor failure") : failure);
    }
}
