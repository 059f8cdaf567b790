package io.stockledger.api.wire;

import io.stockledger.connectors.reaction.EffectLog.Try;
import io.stockledger.connectors.reaction.LoggedEffect;
import io.stockledger.connectors.webhook.Deliveries;
import io.stockledger.connectors.webhook.EndpointChange;
import io.stockledger.connectors.webhook.EndpointSecret;
import io.stockledger.connectors.webhook.NewEndpoint;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.v1.CreateWebhookEndpointRequest;
import io.stockledger.v1.Delivery;
import io.stockledger.v1.DeliveryPage;
import io.stockledger.v1.DeliveryState;
import io.stockledger.v1.DeliveryTry;
import io.stockledger.v1.RotateWebhookSecretRequest;
import io.stockledger.v1.TriedDelivery;
import io.stockledger.v1.UpdateWebhookEndpointRequest;
import io.stockledger.v1.WebhookEndpoint;
import io.stockledger.v1.WebhookEndpointSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Webhook endpoints and their deliveries as messages. */
public final class WebhookWire {

    private static final Duration USUAL_OVERLAP = Duration.ofHours(24);

    private WebhookWire() {}

    /** @param tiedTo the locations that the caller is tied to; empty: to none */
    public static NewEndpoint wanted(CreateWebhookEndpointRequest request, Set<String> tiedTo) {
        return new NewEndpoint(
                request.getUrl(),
                request.getDescription(),
                names(request.getFactsList()),
                request.getLocationsCount() == 0 ? tiedTo : new HashSet<>(request.getLocationsList()),
                request.hasAfterPosition() ? (Long) request.getAfterPosition() : null);
    }

    public static EndpointChange change(UpdateWebhookEndpointRequest request) {
        if (request.getAllFacts() && request.getFactsCount() > 0) {
            throw new InvalidCommand("allFacts", "true beside facts (expected: only one of them)");
        }
        return new EndpointChange(
                request.hasUrl() ? request.getUrl() : null,
                request.hasDescription() ? request.getDescription() : null,
                request.getAllFacts() || request.getFactsCount() > 0 ? names(request.getFactsList()) : null,
                request.hasEnabled() ? (Boolean) request.getEnabled() : null,
                request.hasAfterPosition() ? (Long) request.getAfterPosition() : null);
    }

    private static Set<String> names(List<String> facts) {
        return new HashSet<>(Check.atMost("facts", facts));
    }

    public static Duration overlap(RotateWebhookSecretRequest request) {
        return request.hasOverlap() ? WireFields.duration("overlap", request.getOverlap()) : USUAL_OVERLAP;
    }

    public static WebhookEndpoint endpoint(io.stockledger.connectors.webhook.WebhookEndpoint endpoint) {
        return WebhookEndpoint.newBuilder()
                .setId(endpoint.id())
                .setUrl(endpoint.url())
                .setDescription(text(endpoint.description()))
                .addAllFacts(new TreeSet<>(endpoint.facts()))
                .addAllLocations(new TreeSet<>(endpoint.locations()))
                .setCreatedBy(endpoint.createdBy())
                .setCreatedAt(WireFields.timestamp(endpoint.createdAt()))
                .setEnabled(endpoint.enabled())
                .setDisabledBecause(text(endpoint.disabledBecause()))
                .setLive(endpoint.live())
                .setAfterPosition(endpoint.afterPosition())
                .build();
    }

    public static WebhookEndpointSecret secret(EndpointSecret made) {
        return WebhookEndpointSecret.newBuilder()
                .setEndpoint(endpoint(made.endpoint()))
                .setSecret(made.secret())
                .build();
    }

    /** Null for any. */
    public static LoggedEffect.@Nullable State state(DeliveryState state) {
        return switch (state) {
            case DELIVERY_STATE_UNSPECIFIED -> null;
            case DELIVERY_STATE_DUE -> LoggedEffect.State.DUE;
            case DELIVERY_STATE_DONE -> LoggedEffect.State.DONE;
            case DELIVERY_STATE_PARKED -> LoggedEffect.State.PARKED;
            default -> throw new InvalidCommand("state", "an unknown value (expected: one of the enum's)");
        };
    }

    /** @param size how many were asked for; where so many are there, more may be */
    public static DeliveryPage page(List<LoggedEffect> messages, int size) {
        DeliveryPage.Builder page = DeliveryPage.newBuilder();
        messages.forEach(message -> page.addDeliveries(delivery(message)));
        if (messages.size() == size) {
            page.setNextPageToken(
                    PageToken.of(String.valueOf(messages.get(size - 1).position())));
        }
        return page.build();
    }

    public static TriedDelivery tried(Deliveries.Delivery delivery) {
        TriedDelivery.Builder tried = TriedDelivery.newBuilder().setDelivery(delivery(delivery.message()));
        delivery.tries().forEach(one -> tried.addTries(tried(one)));
        return tried.build();
    }

    private static Delivery delivery(LoggedEffect message) {
        Delivery.Builder delivery = Delivery.newBuilder()
                .setWebhookId(message.key())
                .setPosition(message.position())
                .setFact(message.subject())
                .setState(
                        switch (message.state()) {
                            case DUE -> DeliveryState.DELIVERY_STATE_DUE;
                            case DONE -> DeliveryState.DELIVERY_STATE_DONE;
                            case PARKED -> DeliveryState.DELIVERY_STATE_PARKED;
                        })
                .setTries(message.tries())
                .setDueSince(WireFields.timestamp(message.dueSince()))
                .setError(text(message.lastError()));
        if (message.state() == LoggedEffect.State.DUE) {
            delivery.setNextTryAt(WireFields.timestamp(message.dueAt()));
        }
        Integer status = message.status();
        if (status != null) {
            delivery.setStatus(status);
        }
        Instant endedAt = message.endedAt();
        if (endedAt != null) {
            delivery.setEndedAt(WireFields.timestamp(endedAt));
        }
        return delivery.build();
    }

    private static DeliveryTry tried(Try one) {
        DeliveryTry.Builder message = DeliveryTry.newBuilder()
                .setAt(WireFields.timestamp(one.at()))
                .setTook(WireFields.duration(Duration.ofMillis(one.millis())))
                .setError(text(one.error()));
        Integer status = one.status();
        if (status != null) {
            message.setStatus(status);
        }
        return message.build();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
