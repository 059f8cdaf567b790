package io.stockledger.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.stockledger.api.gate.Sink;
import io.stockledger.api.gate.Subscription;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.RequestRefused;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sends messages to a gRPC caller, no faster than it reads. */
final class GrpcSubscription<M> implements Sink<M> {

    private final ServerCallStreamObserver<M> messages;

    private GrpcSubscription(ServerCallStreamObserver<M> messages) {
        this.messages = messages;
    }

    /** @param opening begins to send to a sink, or throws {@link RequestRefused} */
    static <M> void open(ServerCallStreamObserver<M> messages, Function<Sink<M>, Subscription<M>> opening) {
        // Handlers must be set before this call returns, and the subscription is opened only then.
        AtomicReference<Subscription<M>> opened = new AtomicReference<>();
        messages.setOnReadyHandler(() -> ifThere(opened, Subscription::pump));
        messages.setOnCancelHandler(() -> ifThere(opened, Subscription::close));
        try {
            opened.set(opening.apply(new GrpcSubscription<>(messages)));
            // What happened meanwhile found nothing to tell.
            ifThere(opened, messages.isCancelled() ? Subscription::close : Subscription::pump);
        } catch (RequestRefused e) {
            messages.onError(GrpcProblem.exception(e.problem()));
        }
    }

    private static <M> void ifThere(AtomicReference<Subscription<M>> opened, Consumer<Subscription<M>> then) {
        Subscription<M> subscription = opened.get();
        if (subscription != null) {
            then.accept(subscription);
        }
    }

    @Override
    public boolean isReady() {
        return messages.isReady() && !messages.isCancelled();
    }

    @Override
    public void send(M message) {
        messages.onNext(message);
    }

    @Override
    public void fail(RequestRefused refused) {
        messages.onError(GrpcProblem.exception(refused.problem()));
    }

    @Override
    public void end() {
        messages.onCompleted();
    }
}
