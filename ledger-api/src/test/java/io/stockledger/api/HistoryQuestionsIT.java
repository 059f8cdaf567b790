package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.v1.GetWebhookEndpointRequest;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ListFactsRequest;
import io.stockledger.v1.WebhooksGrpc;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** History is asked for by names that there may be, and tells the tries of a document apart. */
class HistoryQuestionsIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final String KEY = SERVICE.adminKey();

    @BeforeAll
    static void a_shop() {
        Answer opened = SERVICE.post(
                "/v1/locations", "{\"documentId\":\"hq-l\",\"location\":\"hq-shop\",\"name\":\"H\",\"kind\":\"shop\"}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
    }

    @Test
    void a_name_that_no_fact_can_have_is_refused_with_its_field() {
        for (String field : List.of("sku", "location", "document", "device", "principal")) {
            for (String name : List.of("%00", "x".repeat(3_000))) {
                assertInvalid("/v1/history?" + field + "=" + name, field);
            }
        }
        assertInvalid("/v1/history?document=nokind", "document");
        assertInvalid("/v1/history?document=foo:1", "document");
        assertInvalid("/v1/history?document=order:" + "x".repeat(129), "document");
        assertInvalid("/v1/availability/locations/hq-shop?pageToken=AA", "pageToken");
        var history = RunningLedger.as(KEY, HistoryGrpc.newBlockingStub(SERVICE.channel()));
        assertInvalid(() ->
                history.listFacts(ListFactsRequest.newBuilder().setSku("\0").build()));
        var webhooks = RunningLedger.as(KEY, WebhooksGrpc.newBlockingStub(SERVICE.channel()));
        assertInvalid(() -> webhooks.getWebhookEndpoint(
                GetWebhookEndpointRequest.newBuilder().setId("\0").build()));
    }

    private static void assertInvalid(String path, String field) {
        Answer answer = SERVICE.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().get("values").get("field").asString()).isEqualTo(field);
    }

    private static void assertInvalid(ThrowableAssert.ThrowingCallable question) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(question)
                .satisfies(
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void of_a_location_that_nobody_opened_there_is_no_history() {
        Answer nowhere = SERVICE.get("/v1/history?location=hq-nowhere");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.json().get("reason").asString()).isEqualTo("UNKNOWN_LOCATION");
    }

    @Test
    void tries_of_a_document_are_told_apart() {
        for (String tryId : List.of("first", "second")) {
            assertThat(SERVICE.post(
                                    "/v1/sales",
                                    "{\"documentId\":\"hq-tries\",\"tryId\":\"" + tryId
                                            + "\",\"channel\":\"store\",\"location\":\"hq-shop\",\"lines\":[{\"item\":"
                                            + "{\"sku\":\"hq-none\"},\"quantity\":1}]}")
                            .status())
                    .isEqualTo(404);
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var facts =
                    SERVICE.get("/v1/history?document=order:hq-tries").json().get("facts");
            assertThat(facts.valueStream().map(fact -> fact.get("tryId").asString()))
                    .containsExactly("first", "second");
        });
    }
}
