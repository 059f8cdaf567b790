package io.stockledger.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Login;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.document.InvalidCommand;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Command;
import io.stockledger.v1.Reply;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One pipelined stream of commands. At most {@value #MOST_IN_FLIGHT} of them wait for their reply; a caller that
 * does not read its replies is not read from either, so neither side can fill the other's memory.
 */
final class CommandStream implements StreamObserver<Command> {

    /** Enough to keep batches full over one connection; a stream's share of the ledger's queue. */
    static final int MOST_IN_FLIGHT = 1_024;

    private final CommandGate gate;
    private final Login login;
    private final ServerCallStreamObserver<Reply> replies;
    private int inFlight;
    private int owedRequests;
    private boolean callerIsDone;
    private boolean cancelled;

    private CommandStream(CommandGate gate, Login login, ServerCallStreamObserver<Reply> replies) {
        this.gate = gate;
        this.login = login;
        this.replies = replies;
    }

    static StreamObserver<Command> open(CommandGate gate, Login login, ServerCallStreamObserver<Reply> replies) {
        CommandStream stream = new CommandStream(gate, login, replies);
        replies.disableAutoRequest();
        replies.setOnReadyHandler(stream::requestMore);
        replies.setOnCancelHandler(stream::cancel);
        replies.request(MOST_IN_FLIGHT);
        return stream;
    }

    @Override
    public void onNext(Command envelope) {
        synchronized (this) {
            if (cancelled) {
                return;
            }
            try {
                login.requireGood();
            } catch (RequestRefused e) {
                cancelled = true;
                replies.onError(GrpcProblem.exception(e.problem()));
                return;
            }
            inFlight++;
        }
        var unused = send(envelope).whenComplete((accepted, failure) -> reply(envelope.getTag(), accepted, failure));
    }

    private CompletableFuture<Accepted> send(Command envelope) {
        try {
            return gate.send(CommandWires.open(envelope), login.caller());
        } catch (InvalidCommand e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized void reply(long tag, @Nullable Accepted accepted, @Nullable Throwable failure) {
        inFlight--;
        if (cancelled) {
            return;
        }
        Reply.Builder reply = Reply.newBuilder().setTag(tag);
        if (failure != null) {
            reply.setFailed(GrpcProblem.failed(Failures.problem(failure)));
        } else if (accepted != null) {
            reply.setAccepted(accepted);
        }
        replies.onNext(reply.build());
        owedRequests++;
        requestMore();
        completeWhenDone();
    }

    private synchronized void requestMore() {
        if (owedRequests > 0 && !cancelled && replies.isReady()) {
            replies.request(owedRequests);
            owedRequests = 0;
        }
    }

    private synchronized void cancel() {
        cancelled = true;
    }

    @Override
    public void onError(Throwable failure) {
        cancel();
    }

    @Override
    public synchronized void onCompleted() {
        callerIsDone = true;
        completeWhenDone();
    }

    private void completeWhenDone() {
        if (callerIsDone && inFlight == 0 && !cancelled) {
            cancelled = true;
            replies.onCompleted();
        }
    }
}
