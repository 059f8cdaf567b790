package io.stockledger.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.gate.PipelinedCommands;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Command;
import io.stockledger.v1.Reply;
import org.jspecify.annotations.Nullable;

/**
 * One pipelined stream of commands. At most {@value PipelinedCommands#MOST_IN_FLIGHT} of them wait for their reply; a
 * caller that does not read its replies is not read from either, so neither side can fill the other's memory.
 */
final class CommandStream implements StreamObserver<Command> {

    private final PipelinedCommands commands;
    private final ServerCallStreamObserver<Reply> replies;
    private int inFlight;
    private int owedRequests;
    private boolean callerIsDone;
    private boolean cancelled;

    private CommandStream(PipelinedCommands commands, ServerCallStreamObserver<Reply> replies) {
        this.commands = commands;
        this.replies = replies;
    }

    static StreamObserver<Command> open(PipelinedCommands commands, ServerCallStreamObserver<Reply> replies) {
        CommandStream stream = new CommandStream(commands, replies);
        replies.disableAutoRequest();
        replies.setOnReadyHandler(stream::requestMore);
        replies.setOnCancelHandler(stream::cancel);
        replies.request(PipelinedCommands.MOST_IN_FLIGHT);
        return stream;
    }

    @Override
    public void onNext(Command envelope) {
        synchronized (this) {
            if (cancelled) {
                return;
            }
            inFlight++;
        }
        try {
            var unused = commands.send(envelope)
                    .whenComplete((accepted, failure) -> reply(envelope.getTag(), accepted, failure));
        } catch (RequestRefused e) {
            fail(e);
        }
    }

    private synchronized void fail(RequestRefused refused) {
        if (!cancelled) {
            cancelled = true;
            replies.onError(GrpcProblem.exception(refused.problem()));
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
