package io.stockledger.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.stockledger.api.gate.AvailabilityWatch;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.WatchRequest;
import java.util.concurrent.atomic.AtomicReference;

/** Sends changes to a gRPC caller, no faster than it reads. */
final class GrpcWatcher implements AvailabilityWatches.Sink {

    private final ServerCallStreamObserver<AvailabilityChange> changes;

    private GrpcWatcher(ServerCallStreamObserver<AvailabilityChange> changes) {
        this.changes = changes;
    }

    static void open(
            AvailabilityWatches watches,
            WatchRequest request,
            Caller caller,
            ServerCallStreamObserver<AvailabilityChange> changes) {
        // Handlers must be set before this call returns, and the watch is opened only then.
        AtomicReference<AvailabilityWatch> opened = new AtomicReference<>();
        changes.setOnReadyHandler(() -> {
            AvailabilityWatch watch = opened.get();
            if (watch != null) {
                watch.pump();
            }
        });
        changes.setOnCancelHandler(() -> {
            AvailabilityWatch watch = opened.get();
            if (watch != null) {
                watch.close();
            }
        });
        try {
            opened.set(watches.open(request, caller, new GrpcWatcher(changes)));
        } catch (RequestRefused e) {
            changes.onError(GrpcProblem.exception(e.problem()));
        }
    }

    @Override
    public boolean isReady() {
        return changes.isReady() && !changes.isCancelled();
    }

    @Override
    public void send(AvailabilityChange change) {
        changes.onNext(change);
    }

    @Override
    public void fail(RequestRefused refused) {
        changes.onError(GrpcProblem.exception(refused.problem()));
    }

    @Override
    public void end() {
        changes.onCompleted();
    }
}
