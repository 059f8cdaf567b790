package io.stockledger.api.grpc;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.contract.Contract;

/**
 * Whether gRPC is served, for everybody who asks. Nobody can watch it: a stranger's open stream costs memory, and who
 * learns that there is no watching asks again.
 */
final class Health extends HealthGrpc.HealthImplBase {

    private volatile boolean stopping;

    void stopping() {
        stopping = true;
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
        String service = request.getService();
        boolean isKnown = service.isEmpty()
                || Contract.services().stream()
                        .anyMatch(known -> known.getName().equals(service));
        if (!isKnown) {
            answer.onError(Status.NOT_FOUND
                    .withDescription("no such service (expected: none, or one of this server)")
                    .asRuntimeException());
            return;
        }
        answer.onNext(HealthCheckResponse.newBuilder()
                .setStatus(stopping ? ServingStatus.NOT_SERVING : ServingStatus.SERVING)
                .build());
        answer.onCompleted();
    }
}
