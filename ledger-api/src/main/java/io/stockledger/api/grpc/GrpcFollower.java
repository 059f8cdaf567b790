package io.stockledger.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.stockledger.api.gate.FactFollower;
import io.stockledger.api.gate.FactFollowing;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.v1.FactsRead;
import io.stockledger.v1.FollowFactsRequest;
import java.util.concurrent.atomic.AtomicReference;

/** Sends facts to a gRPC caller, no faster than it reads. */
final class GrpcFollower implements FactFollowing.Sink {

    private final ServerCallStreamObserver<FactsRead> facts;

    private GrpcFollower(ServerCallStreamObserver<FactsRead> facts) {
        this.facts = facts;
    }

    static void open(
            FactFollowing following,
            FollowFactsRequest request,
            Caller caller,
            ServerCallStreamObserver<FactsRead> facts) {
        // Handlers must be set before this call returns, and the follower is opened only then.
        AtomicReference<FactFollower> opened = new AtomicReference<>();
        facts.setOnReadyHandler(() -> {
            FactFollower follower = opened.get();
            if (follower != null) {
                follower.pump();
            }
        });
        facts.setOnCancelHandler(() -> {
            FactFollower follower = opened.get();
            if (follower != null) {
                follower.close();
            }
        });
        try {
            FactFollower follower = following.open(request, caller, new GrpcFollower(facts));
            opened.set(follower);
            if (facts.isCancelled()) {
                follower.close();
            }
        } catch (RequestRefused e) {
            facts.onError(GrpcProblem.exception(e.problem()));
        }
    }

    @Override
    public boolean isReady() {
        return facts.isReady() && !facts.isCancelled();
    }

    @Override
    public void send(FactsRead page) {
        facts.onNext(page);
    }

    @Override
    public void fail(RequestRefused refused) {
        facts.onError(GrpcProblem.exception(refused.problem()));
    }

    @Override
    public void end() {
        facts.onCompleted();
    }
}
