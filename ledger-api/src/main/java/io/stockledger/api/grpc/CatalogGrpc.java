package io.stockledger.api.grpc;

import io.grpc.stub.StreamObserver;
import io.stockledger.api.gate.StockQuestions;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.GetCatalogItemRequest;

/** Questions about items over gRPC. */
final class CatalogGrpc extends io.stockledger.v1.CatalogGrpc.CatalogImplBase {

    private final StockQuestions questions;

    CatalogGrpc(StockQuestions questions) {
        this.questions = questions;
    }

    @Override
    public void getItem(GetCatalogItemRequest request, StreamObserver<CatalogItem> answer) {
        Replies.give(answer, questions.catalogItem(request, CallerInterceptor.caller()));
    }
}
