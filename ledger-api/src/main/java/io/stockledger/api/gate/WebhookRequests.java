package io.stockledger.api.gate;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Caller;
import io.stockledger.api.wire.PageToken;
import io.stockledger.api.wire.WebhookWire;
import io.stockledger.connectors.webhook.Deliveries;
import io.stockledger.connectors.webhook.WebhookEndpoint;
import io.stockledger.connectors.webhook.WebhookEndpoints;
import io.stockledger.document.Check;
import io.stockledger.v1.CreateWebhookEndpointRequest;
import io.stockledger.v1.DeleteWebhookEndpointRequest;
import io.stockledger.v1.DeletedWebhookEndpoint;
import io.stockledger.v1.DeliveryPage;
import io.stockledger.v1.GetDeliveryRequest;
import io.stockledger.v1.GetWebhookEndpointRequest;
import io.stockledger.v1.ListDeliveriesRequest;
import io.stockledger.v1.ListWebhookEndpointsRequest;
import io.stockledger.v1.ResendDeliveryRequest;
import io.stockledger.v1.ResendParkedDeliveriesRequest;
import io.stockledger.v1.ResentDeliveries;
import io.stockledger.v1.RotateWebhookSecretRequest;
import io.stockledger.v1.TriedDelivery;
import io.stockledger.v1.UpdateWebhookEndpointRequest;
import io.stockledger.v1.WebhookEndpointList;
import io.stockledger.v1.WebhookEndpointSecret;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Webhook endpoints and what was sent to them. A tied caller has to do with those that are tied to no other location. */
public final class WebhookRequests {

    private static final int LONGEST_ENDPOINT_ID = 20;
    private static final int LONGEST_WEBHOOK_ID = 60;

    private final Queries queries;
    private final WebhookEndpoints endpoints;
    private final Deliveries deliveries;

    public WebhookRequests(Queries queries, WebhookEndpoints endpoints, Deliveries deliveries) {
        this.queries = queries;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
    }

    CompletableFuture<WebhookEndpointSecret> create(CreateWebhookEndpointRequest request, Caller caller) {
        return queries.askPermitted(caller, () -> {
            request.getLocationsList().forEach(location -> caller.requireSight(Check.code("locations", location)));
            return WebhookWire.secret(endpoints.create(WebhookWire.wanted(request, caller.locations()), caller.name()));
        });
    }

    CompletableFuture<WebhookEndpointList> list(ListWebhookEndpointsRequest request, Caller caller) {
        return queries.askPermitted(caller, () -> {
            WebhookEndpointList.Builder list = WebhookEndpointList.newBuilder();
            endpoints.list().stream()
                    .filter(endpoint -> caller.maySeeAllOf(endpoint.locations()))
                    .forEach(endpoint -> list.addEndpoints(WebhookWire.endpoint(endpoint)));
            return list.build();
        });
    }

    CompletableFuture<io.stockledger.v1.WebhookEndpoint> get(GetWebhookEndpointRequest request, Caller caller) {
        return of(request.getId(), caller, WebhookWire::endpoint);
    }

    CompletableFuture<io.stockledger.v1.WebhookEndpoint> update(UpdateWebhookEndpointRequest request, Caller caller) {
        return of(
                request.getId(),
                caller,
                endpoint -> endpoints
                        .update(endpoint.id(), WebhookWire.change(request))
                        .map(WebhookWire::endpoint)
                        .orElseThrow(() -> noEndpoint(endpoint.id())));
    }

    CompletableFuture<WebhookEndpointSecret> rotate(RotateWebhookSecretRequest request, Caller caller) {
        return of(
                request.getId(),
                caller,
                endpoint -> endpoints
                        .rotateSecret(endpoint.id(), WebhookWire.overlap(request))
                        .map(WebhookWire::secret)
                        .orElseThrow(() -> noEndpoint(endpoint.id())));
    }

    CompletableFuture<DeletedWebhookEndpoint> delete(DeleteWebhookEndpointRequest request, Caller caller) {
        return of(request.getId(), caller, endpoint -> {
            if (!endpoints.delete(endpoint.id())) {
                throw noEndpoint(endpoint.id());
            }
            return DeletedWebhookEndpoint.newBuilder().setId(endpoint.id()).build();
        });
    }

    CompletableFuture<DeliveryPage> deliveries(ListDeliveriesRequest request, Caller caller) {
        return of(request.getId(), caller, endpoint -> {
            int size = PageToken.size(request.getPageSize());
            long before = PageToken.position(request.getPageToken(), Long.MAX_VALUE);
            return deliveries
                    .page(endpoint.id(), WebhookWire.state(request.getState()), before, size)
                    .map(messages -> WebhookWire.page(messages, size))
                    .orElseThrow(() -> noEndpoint(endpoint.id()));
        });
    }

    CompletableFuture<TriedDelivery> delivery(GetDeliveryRequest request, Caller caller) {
        String message = request.getWebhookId();
        return of(
                request.getId(),
                caller,
                endpoint -> tried(deliveries.find(endpoint.id(), webhookId(message)), message));
    }

    CompletableFuture<TriedDelivery> resend(ResendDeliveryRequest request, Caller caller) {
        String message = request.getWebhookId();
        return of(
                request.getId(),
                caller,
                endpoint -> tried(deliveries.resend(endpoint.id(), webhookId(message)), message));
    }

    CompletableFuture<ResentDeliveries> resendParked(ResendParkedDeliveriesRequest request, Caller caller) {
        return of(request.getId(), caller, endpoint -> {
            OptionalInt resent = deliveries.resendParked(endpoint.id());
            return ResentDeliveries.newBuilder()
                    .setResent(resent.orElseThrow(() -> noEndpoint(endpoint.id())))
                    .build();
        });
    }

    /** Only of an endpoint that the caller may see. */
    private <A> CompletableFuture<A> of(String id, Caller caller, Function<WebhookEndpoint, A> question) {
        return queries.askPermitted(
                caller,
                () -> question.apply(endpoints
                        .find(Check.identifier("id", id, LONGEST_ENDPOINT_ID))
                        .filter(endpoint -> caller.maySeeAllOf(endpoint.locations()))
                        .orElseThrow(() -> noEndpoint(id))));
    }

    private static String webhookId(String asked) {
        return Check.identifier("webhookId", asked, LONGEST_WEBHOOK_ID);
    }

    private static TriedDelivery tried(Optional<Deliveries.Delivery> found, String webhookId) {
        return found.map(WebhookWire::tried)
                .orElseThrow(() -> new RequestRefused(Problem.of(
                        Failures.NOT_FOUND,
                        "Message '" + webhookId + "' (expected: one that was for this endpoint and is still kept).")));
    }

    private static RequestRefused noEndpoint(String id) {
        return new RequestRefused(Problem.of(
                Failures.NOT_FOUND, "Webhook endpoint '" + id + "' (expected: one that the caller may see)."));
    }
}
