package io.stockledger.api.gate;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestId;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.NumberRanges;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import io.stockledger.api.wire.AcceptedWire;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.document.Command;
import io.stockledger.ledger.Answer;
import io.stockledger.ledger.Ledger;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The one way for commands: permission, rate, reading, submission, and the answer as a message. */
public final class CommandGate {

    private final Ledger ledger;
    private final RateLimits rates;
    private final NumberRanges numberRanges;
    private final ProblemCounts counts;
    private final Map<Descriptor, Way> ways = new HashMap<>();

    /** How one command is read, and who may send it. */
    private record Way(CommandWire<?> wire, Permission permission, boolean untied) {

        void require(Caller caller) {
            caller.require(permission);
            if (untied) {
                caller.requireAll();
            }
        }
    }

    public CommandGate(Ledger ledger, RateLimits rates, NumberRanges numberRanges, ProblemCounts counts) {
        this.ledger = ledger;
        this.rates = rates;
        this.numberRanges = numberRanges;
        this.counts = counts;
        for (CommandWire<?> wire : CommandWires.all()) {
            Descriptor message = wire.empty().getDescriptorForType();
            Operation operation = Contract.ofCommand(message).operation();
            ways.put(message, new Way(wire, Permission.ofCode(operation.getPermission()), operation.getUntied()));
        }
    }

    /**
     * Never throws: whatever is wrong is the future's {@link RequestRefused}.
     *
     * @param message a command of the contract
     */
    public CompletableFuture<Accepted> send(Message message, Asker asker) {
        try {
            Caller caller = asker.caller();
            Way way = Objects.requireNonNull(ways.get(message.getDescriptorForType()), "a command of the contract");
            way.require(caller);
            rates.require(caller);
            Command command = way.wire().commandOf(message);
            Permission.beyond(command).forEach(caller::require);
            numberRanges.require(caller, command.document().id());
            RequestId request = asker.request();
            return ledger.submit(
                            command,
                            CommandWire.provenanceOf(message, caller.name(), caller.locations(), request.kept()))
                    .handle((answer, failure) -> accepted(answer, failure, request));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(counts.refused(e, asker));
        }
    }

    /** @throws RequestRefused when the ledger failed or would not */
    private Accepted accepted(@Nullable Answer answer, @Nullable Throwable failure, RequestId request) {
        if (answer instanceof Answer.Accepted accepted) {
            return AcceptedWire.of(accepted);
        }
        if (answer instanceof Answer.Refused refused) {
            throw counts.refused(new RequestRefused(Refusals.problem(refused.refusal())));
        }
        Throwable reason = failure == null ? new IllegalStateException("neither answer nor failure") : failure;
        throw request.logged(() -> counts.refused(reason));
    }
}
