package io.stockledger.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.GrpcProblem;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives a unary call its one answer. */
final class Replies {

    private Replies() {}

    static <A> void give(StreamObserver<A> to, CompletableFuture<A> answer) {
        // Without a handler, an answer to a caller that has hung up would throw.
        ((ServerCallStreamObserver<A>) to).setOnCancelHandler(() -> {});
        var unused = answer.whenComplete((given, failure) -> give(to, given, failure));
    }

    private static <A> void give(StreamObserver<A> to, @Nullable A answer, @Nullable Throwable failure) {
        if (answer != null) {
            to.onNext(answer);
            to.onCompleted();
        } else {
            Throwable reason = failure == null ? new IllegalStateException("neither answer nor failure") : failure;
            to.onError(GrpcProblem.exception(Failures.problem(reason)));
        }
    }
}
