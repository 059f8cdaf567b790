package io.stockledger.api.rest;

import io.stockledger.api.gate.HistoryQuestions;
import io.stockledger.api.security.Caller;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.ListFactsRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Questions about what happened, over REST. */
@RestController
@RequestMapping("/v1")
final class HistoryRoutes {

    private final HistoryQuestions questions;

    HistoryRoutes(HistoryQuestions questions) {
        this.questions = questions;
    }

    @GetMapping(path = "/history", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<FactPage> facts(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        return questions.facts(QueryParameters.read(request, ListFactsRequest.getDefaultInstance()), caller);
    }
}
