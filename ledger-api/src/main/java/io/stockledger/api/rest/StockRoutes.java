package io.stockledger.api.rest;

import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.StockQuestions;
import io.stockledger.api.security.Caller;
import io.stockledger.v1.BatchAvailability;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.GetCatalogItemRequest;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.ListLocationRequest;
import io.stockledger.v1.LocationAvailability;
import io.stockledger.v1.WatchRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Questions about stock and items over REST. */
@RestController
@RequestMapping("/v1")
final class StockRoutes {

    private final StockQuestions questions;
    private final AvailabilityWatches watches;

    StockRoutes(StockQuestions questions, AvailabilityWatches watches) {
        this.questions = questions;
        this.watches = watches;
    }

    @GetMapping(path = "/availability/items/{sku}", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ItemAvailability> item(
            @PathVariable String sku, HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        GetItemRequest known = GetItemRequest.newBuilder().setSku(sku).build();
        return questions.item(QueryParameters.read(request, known), caller);
    }

    @GetMapping(path = "/availability/items", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ItemAvailability> itemOf(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        return questions.item(QueryParameters.read(request, GetItemRequest.getDefaultInstance()), caller);
    }

    @GetMapping(path = "/availability/locations/{location}", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<LocationAvailability> location(
            @PathVariable String location, HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ListLocationRequest known =
                ListLocationRequest.newBuilder().setLocation(location).build();
        return questions.location(QueryParameters.read(request, known), caller);
    }

    @PostMapping(
            path = "/availability/query",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<BatchAvailability> many(
            @RequestBody BatchGetRequest request, @AuthenticationPrincipal Caller caller) {
        return questions.many(request, caller);
    }

    @GetMapping(path = "/availability/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        WatchRequest question = QueryParameters.read(request, WatchRequest.getDefaultInstance());
        return SseWatcher.open(watches, question, caller);
    }

    @GetMapping(path = "/catalog/items/{sku}", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<CatalogItem> catalogItem(
            @PathVariable String sku, HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        GetCatalogItemRequest known =
                GetCatalogItemRequest.newBuilder().setSku(sku).build();
        return questions.catalogItem(QueryParameters.read(request, known), caller);
    }

    @GetMapping(path = "/catalog/items", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<CatalogItem> catalogItemOf(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        return questions.catalogItem(QueryParameters.read(request, GetCatalogItemRequest.getDefaultInstance()), caller);
    }
}
