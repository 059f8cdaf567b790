package io.stockledger.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.webhook.Receiver.Message;
import io.stockledger.v1.CreateWebhookEndpointRequest;
import io.stockledger.v1.DeleteWebhookEndpointRequest;
import io.stockledger.v1.DeliveryState;
import io.stockledger.v1.GetDeliveryRequest;
import io.stockledger.v1.GetWebhookEndpointRequest;
import io.stockledger.v1.ListDeliveriesRequest;
import io.stockledger.v1.ListWebhookEndpointsRequest;
import io.stockledger.v1.ResendDeliveryRequest;
import io.stockledger.v1.RotateWebhookSecretRequest;
import io.stockledger.v1.UpdateWebhookEndpointRequest;
import io.stockledger.v1.WebhookEndpointSecret;
import io.stockledger.v1.WebhooksGrpc;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An endpoint from its making to its end, over both wires, on the real service. */
class WebhooksIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ENDPOINTS = "/v1/webhook-endpoints";

    private final RunningLedger service = RunningLedger.shared();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = Receiver.start();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void over_rest() throws Exception {
        Answer made = call("POST", ENDPOINTS, "{\"url\":\"" + receiver.url() + "\",\"facts\":[\"location-opened\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
        String id = made.json().at("/endpoint/id").asString();
        String first = made.json().path("secret").asString();
        open("a");
        Message a = message(1);
        assertThat(a.data().at("/payload/location").asString()).isEqualTo(location("a"));
        assertThat(isSignedWith(first, a)).isTrue();

        String second = rotated(id, "PT24H");
        open("b");
        Message b = message(2);
        assertThat(isSignedWith(first, b)).isTrue();
        assertThat(isSignedWith(second, b)).isTrue();
        String third = rotated(id, "PT0S");
        long known = open("c");
        Message c = message(3);
        assertThat(isSignedWith(second, c)).isFalse();
        assertThat(isSignedWith(third, c)).isTrue();

        String deliveries = ENDPOINTS + "/" + id + "/deliveries";
        await().atMost(LONG)
                .until(() -> call("GET", deliveries + "?state=done", null)
                                .json()
                                .path("deliveries")
                                .size()
                        == 3);
        JsonNode page = call("GET", deliveries + "?pageSize=2", null).json();
        assertThat(ids(page)).containsExactly(c.id(), b.id());
        assertThat(ids(call(
                                "GET",
                                deliveries + "?pageToken="
                                        + page.path("nextPageToken").asString(),
                                null)
                        .json()))
                .containsExactly(a.id());
        JsonNode one = call("GET", deliveries + "/" + a.id(), null).json();
        assertThat(one.at("/delivery/status").asInt()).isEqualTo(204);
        assertThat(one.path("tries")).hasSize(1);
        assertThat(call("GET", deliveries + "/msg_none_1", null).status()).isEqualTo(404);

        assertThat(call("POST", deliveries + "/" + a.id() + "/resend", null).status())
                .isEqualTo(200);
        assertThat(message(4).id()).isEqualTo(a.id());

        assertThat(service.get("/actuator/prometheus").body())
                .contains(
                        "stockledger_effects_due{reaction=\"webhooks\"}",
                        "stockledger_effects_parked{reaction=\"webhooks\"}",
                        "stockledger_effects_oldest_due_seconds{reaction=\"webhooks\"}",
                        "stockledger_effects_tries_seconds_count{outcome=\"done\",reaction=\"webhooks\"}",
                        "stockledger_targets_left_alone");

        JsonNode off =
                call("PATCH", ENDPOINTS + "/" + id, "{\"enabled\":false}").json();
        assertThat(off.path("enabled").asBoolean()).isFalse();
        open("d");
        call("PATCH", ENDPOINTS + "/" + id, "{\"enabled\":true,\"afterPosition\":" + known + "}");
        assertThat(message(5).data().at("/payload/location").asString()).isEqualTo(location("d"));

        receiver.answer(410);
        open("e");
        await().atMost(LONG)
                .until(() -> call("GET", ENDPOINTS + "/" + id, null).json().has("disabledBecause"));
        receiver.answer(204);
        call("PATCH", ENDPOINTS + "/" + id, "{\"enabled\":true}");
        assertThat(call("POST", ENDPOINTS + "/" + id + "/resend-parked", null)
                        .json()
                        .path("resent")
                        .asInt())
                .isEqualTo(1);
        assertThat(message(7).id()).isEqualTo(message(6).id());

        assertThat(call("DELETE", ENDPOINTS + "/" + id, null).status()).isEqualTo(200);
        assertThat(call("GET", ENDPOINTS + "/" + id, null).status()).isEqualTo(404);
        assertThat(call("DELETE", ENDPOINTS + "/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void over_grpc() throws Exception {
        WebhooksGrpc.WebhooksBlockingStub webhooks =
                RunningLedger.as(service.adminKey(), WebhooksGrpc.newBlockingStub(service.channel()));
        WebhookEndpointSecret made = webhooks.createWebhookEndpoint(CreateWebhookEndpointRequest.newBuilder()
                .setUrl(receiver.url())
                .addFacts("item-registered")
                .build());
        String id = made.getEndpoint().getId();
        webhooks.updateWebhookEndpoint(UpdateWebhookEndpointRequest.newBuilder()
                .setId(id)
                .addFacts("location-opened")
                .setDescription("opened")
                .build());
        assertThat(webhooks.listWebhookEndpoints(ListWebhookEndpointsRequest.getDefaultInstance())
                        .getEndpointsList())
                .anyMatch(endpoint -> endpoint.getId().equals(id)
                        && endpoint.getFactsList().equals(List.of("location-opened"))
                        && endpoint.getDescription().equals("opened"));
        open("a");
        Message a = message(1);
        assertThat(isSignedWith(made.getSecret(), a)).isTrue();
        String second = webhooks.rotateWebhookSecret(
                        RotateWebhookSecretRequest.newBuilder().setId(id).build())
                .getSecret();
        var done = ListDeliveriesRequest.newBuilder()
                .setId(id)
                .setState(DeliveryState.DELIVERY_STATE_DONE)
                .build();
        await().atMost(LONG).until(() -> webhooks.listDeliveries(done).getDeliveriesCount() == 1);
        webhooks.resendDelivery(ResendDeliveryRequest.newBuilder()
                .setId(id)
                .setWebhookId(a.id())
                .build());
        assertThat(isSignedWith(second, message(2))).isTrue();
        assertThat(webhooks.getDelivery(GetDeliveryRequest.newBuilder()
                                .setId(id)
                                .setWebhookId(a.id())
                                .build())
                        .getDelivery()
                        .getFact())
                .isEqualTo("location-opened");
        webhooks.deleteWebhookEndpoint(
                DeleteWebhookEndpointRequest.newBuilder().setId(id).build());
        assertThatThrownBy(() -> webhooks.getWebhookEndpoint(
                        GetWebhookEndpointRequest.newBuilder().setId(id).build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void who_is_tied_gets_what_tells_of_its_own_locations() {
        open("here");
        open("there");
        String key = service.key(List.of("admin"), List.of(location("here")));
        Answer made = service.send(service.request(ENDPOINTS, key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"url\":\"" + receiver.url() + "\",\"facts\":[\"location-opened\"],\"afterPosition\":0}"))
                .build());
        assertThat(made.json().at("/endpoint/locations/0").asString()).isEqualTo(location("here"));

        assertThat(message(1).data().at("/payload/location").asString()).isEqualTo(location("here"));
        String id = made.json().at("/endpoint/id").asString();
        await().atMost(LONG)
                .until(() -> call("GET", ENDPOINTS + "/" + id, null)
                        .json()
                        .path("live")
                        .asBoolean());
        assertThat(receiver.messages()).hasSize(1);
        call("DELETE", ENDPOINTS + "/" + id, null);
    }

    private long open(String name) {
        Answer opened = service.post(
                "/v1/locations",
                "{\"documentId\":\"%1$s\",\"location\":\"%1$s\",\"name\":\"L\",\"kind\":\"shop\"}"
                        .formatted(location(name)));
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        return opened.json().path("position").asLong();
    }

    private String location(String name) {
        return name + "-" + run;
    }

    /** The so-many-th that arrives. */
    private Message message(int number) {
        await().atMost(LONG).until(() -> receiver.messages().size() >= number);
        return receiver.messages().get(number - 1);
    }

    private String rotated(String id, String overlap) {
        Answer rotated = call("POST", ENDPOINTS + "/" + id + "/rotate-secret", "{\"overlap\":\"" + overlap + "\"}");
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
        return rotated.json().path("secret").asString();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("deliveries")
                .valueStream()
                .map(delivery -> delivery.path("webhookId").asString())
                .toList();
    }

    private static boolean isSignedWith(String secret, Message message) throws Exception {
        try {
            new Webhook(secret).verify(message.body(), message.headers());
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private Answer call(String method, String path, @Nullable String json) {
        var request = service.request(path, service.adminKey());
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return service.send(
                request.method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                        .build());
    }
}
