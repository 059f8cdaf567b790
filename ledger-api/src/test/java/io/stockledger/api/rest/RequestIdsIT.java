package io.stockledger.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.OpenLocation;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A request's id goes in and out on both wires, and beside the facts of its document where its sender gave it. */
class RequestIdsIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";
    private static final String MADE_UP = "[0-9a-f]{32}";

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/items/none", "/v1/views", "/v1/nothing", "/actuator/health", "/console/login", "/v1/history"
            })
    void each_answer_says_what_its_request_is_called(String path) {
        Answer named = SERVICE.send(SERVICE.request(path, SERVICE.adminKey())
                .header("X-Request-Id", "shop-7/4711")
                .header("traceparent", TRACE)
                .GET()
                .build());
        assertThat(named.headers().allValues("X-Request-Id")).containsExactly("shop-7/4711");
        assertThat(named.headers().allValues("traceparent")).containsExactly(TRACE);
        Answer unnamed = SERVICE.get(path);
        assertThat(unnamed.headers().firstValue("X-Request-Id").orElseThrow()).matches(MADE_UP);
        assertThat(unnamed.headers().firstValue("traceparent")).isEmpty();
        if (unnamed.contentType().equals("application/problem+json")) {
            assertThat(named.json().path("requestId").asString()).isEqualTo("shop-7/4711");
            assertThat(unnamed.json().path("requestId").asString())
                    .isEqualTo(unnamed.headers().firstValue("X-Request-Id").orElseThrow());
        }
    }

    @Test
    void what_cannot_be_read_or_is_said_twice_counts_as_not_sent() {
        Answer twice = SERVICE.send(SERVICE.request("/v1/views", SERVICE.adminKey())
                .header("X-Request-Id", "one")
                .header("X-Request-Id", "two")
                .header("traceparent", TRACE + "-more")
                .GET()
                .build());
        assertThat(twice.headers().firstValue("X-Request-Id").orElseThrow()).matches(MADE_UP);
        assertThat(twice.headers().firstValue("traceparent")).isEmpty();
        Answer traced = SERVICE.send(SERVICE.request("/v1/views", SERVICE.adminKey())
                .header("traceparent", TRACE)
                .GET()
                .build());
        assertThat(traced.headers().firstValue("X-Request-Id")).hasValue(TRACE_ID);
    }

    @Test
    void a_given_id_stands_beside_the_document_and_a_retry_may_have_another() {
        String location = "{\"documentId\":\"rid-1\",\"location\":\"rid-1\",\"name\":\"Shop\",\"kind\":\"shop\","
                + "\"occasion\":{\"metadata\":{\"cost-centre\":\"4200\",\"shift\":\"late\"}}}";
        Answer first = post(location, "till-7:1");
        Answer again = post(location, "till-7:2");
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(again.json().path("repeated").asBoolean()).isTrue();
        assertThat(again.json().path("position")).isEqualTo(first.json().path("position"));
        Answer other = post(location.replace("late", "early"), "till-7:3");
        assertThat(other.json().path("reason").asString()).isEqualTo("ID_REUSED");
        assertThat(other.json().path("values").path("differing").asString()).isEqualTo("occasion.metadata");

        for (JsonNode fact : facts("instruction:rid-1", first)) {
            boolean own = fact.path("stream").asString().equals("instruction:rid-1");
            assertThat(fact.path("requestId").asString("")).isEqualTo(own ? "till-7:1" : "");
            assertThat(fact.path("metadata").path("cost-centre").asString("")).isEqualTo(own ? "4200" : "");
        }
    }

    @Test
    void an_id_that_was_made_up_is_no_fact() {
        Answer answer = SERVICE.post(
                "/v1/locations",
                "{\"documentId\":\"rid-2\",\"location\":\"rid-2\",\"name\":\"Shop\",\"kind\":\"shop\"}");
        for (JsonNode fact : facts("instruction:rid-2", answer)) {
            assertThat(fact.has("requestId")).isFalse();
            assertThat(fact.has("metadata")).isFalse();
        }
    }

    @Test
    void grpc_takes_and_gives_the_same() {
        Metadata sent = headers("x-request-id", "shop-7/4712");
        sent.merge(headers("traceparent", TRACE));
        AtomicReference<Metadata> answered = new AtomicReference<>();
        AtomicReference<Metadata> ended = new AtomicReference<>();
        OpenLocation location = OpenLocation.newBuilder()
                .setDocumentId("rid-3")
                .setLocation("rid-3")
                .setName("Shop")
                .setKind(io.stockledger.v1.LocationKind.LOCATION_KIND_SHOP)
                .build();
        Accepted accepted = open(location, sent, answered, ended);
        assertThat(text(told(answered), "x-request-id")).isEqualTo("shop-7/4712");
        assertThat(text(told(answered), "traceparent")).isEqualTo(TRACE);
        Answer position = SERVICE.get(
                "/v1/history?document=instruction:rid-3&wait=PT10S&atLeastPosition=" + accepted.getPosition());
        assertThat(position.json()
                        .at("/facts")
                        .valueStream()
                        .map(fact -> fact.path("requestId").asString("")))
                .contains("shop-7/4712");

        OpenLocation wrong = location.toBuilder().setLocation("no place").build();
        assertThatThrownBy(() -> open(wrong, new Metadata(), answered, ended))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(text(told(ended), "x-request-id")).matches(MADE_UP);
    }

    private static Metadata told(AtomicReference<Metadata> metadata) {
        return Objects.requireNonNull(metadata.get(), "nothing was told");
    }

    private static Accepted open(
            OpenLocation location, Metadata sent, AtomicReference<Metadata> answered, AtomicReference<Metadata> ended) {
        Metadata all = headers("authorization", "Bearer " + SERVICE.adminKey());
        all.merge(sent);
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(
                        SERVICE.channel(),
                        MetadataUtils.newAttachHeadersInterceptor(all),
                        MetadataUtils.newCaptureMetadataInterceptor(answered, ended)),
                LedgerGrpc.getOpenLocationMethod(),
                CallOptions.DEFAULT,
                location);
    }

    private static Metadata headers(String name, String value) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        return headers;
    }

    private static String text(Metadata headers, String name) {
        return String.valueOf(headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }

    private static Answer post(String location, String requestId) {
        return SERVICE.send(SERVICE.request("/v1/locations", SERVICE.adminKey())
                .header("Content-Type", "application/json")
                .header("X-Request-Id", requestId)
                .POST(BodyPublishers.ofString(location))
                .build());
    }

    private static List<JsonNode> facts(String document, Answer accepted) {
        List<JsonNode> facts = SERVICE.get("/v1/history?document=" + document + "&wait=PT10S&atLeastPosition="
                        + accepted.json().path("position").asLong())
                .json()
                .path("facts")
                .valueStream()
                .toList();
        assertThat(facts).hasSize(2);
        return facts;
    }
}
