package io.stockledger.api.grpc;

import io.grpc.stub.StreamObserver;
import io.stockledger.api.gate.HistoryQuestions;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.ListFactsRequest;

/** Questions about what happened, over gRPC. */
final class HistoryGrpc extends io.stockledger.v1.HistoryGrpc.HistoryImplBase {

    private final HistoryQuestions questions;

    HistoryGrpc(HistoryQuestions questions) {
        this.questions = questions;
    }

    @Override
    public void listFacts(ListFactsRequest request, StreamObserver<FactPage> answer) {
        Replies.give(answer, questions.facts(request, CallerInterceptor.caller()));
    }
}
