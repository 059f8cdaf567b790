package io.stockledger.api.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.StockQuestions;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.BatchAvailability;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.ListLocationRequest;
import io.stockledger.v1.LocationAvailability;
import io.stockledger.v1.WatchRequest;

/** Questions about stock over gRPC. */
final class AvailabilityGrpc extends io.stockledger.v1.AvailabilityGrpc.AvailabilityImplBase {

    private final StockQuestions questions;
    private final AvailabilityWatches watches;

    AvailabilityGrpc(StockQuestions questions, AvailabilityWatches watches) {
        this.questions = questions;
        this.watches = watches;
    }

    @Override
    public void getItem(GetItemRequest request, StreamObserver<ItemAvailability> answer) {
        Replies.give(answer, questions.item(request, CallerInterceptor.caller()));
    }

    @Override
    public void listLocation(ListLocationRequest request, StreamObserver<LocationAvailability> answer) {
        Replies.give(answer, questions.location(request, CallerInterceptor.caller()));
    }

    @Override
    public void batchGet(BatchGetRequest request, StreamObserver<BatchAvailability> answer) {
        Replies.give(answer, questions.many(request, CallerInterceptor.caller()));
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<AvailabilityChange> changes) {
        GrpcWatcher.open(
                watches, request, CallerInterceptor.caller(), (ServerCallStreamObserver<AvailabilityChange>) changes);
    }
}
