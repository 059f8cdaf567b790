package io.stockledger.api;

import static io.stockledger.api.TwoShops.HERE;
import static io.stockledger.api.TwoShops.SECRET;
import static io.stockledger.api.TwoShops.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No answer over REST and no page tells a principal that is tied to a location of another. */
class LocationTieAnswersIT {

    private static final TwoShops SHOPS = TwoShops.open();
    private static final RunningLedger SERVICE = SHOPS.service();

    private static final String ELSEWHERE = endpointElsewhere();

    /** What a tied caller may be told. */
    enum Outcome {
        /** It named the other location. */
        LOCATION_NOT_ALLOWED,
        /** It has to name a location. */
        INVALID_COMMAND,
        NOT_FOUND,
        /** It is everybody's. */
        NOT_PERMITTED,
        UNAUTHENTICATED,
        /** Its own location, and not the other. */
        OWN_ONLY,
        /** Nothing about stock at all. */
        NO_STOCK
    }

    /**
     * @param route as the service maps it
     * @param path what is asked
     */
    record Question(String route, String path, String type, String body, Outcome expected) {
        static Question get(String route, String path, Outcome expected) {
            return new Question("GET " + route, path, "application/json", "", expected);
        }

        @Override
        public String toString() {
            return route + " as " + path;
        }
    }

    static Stream<Question> questions() {
        String fresh = "wait=PT20S&atLeastPosition=" + SHOPS.position();
        return Stream.of(
                new Question(
                        "POST /v1/commands",
                        "/v1/commands",
                        "application/x-ndjson",
                        "{\"tag\":1,\"receiveGoods\":{\"documentId\":\"tie-nd\",\"location\":\"tie-there\",\"supplier\":\"S\","
                                + "\"lines\":[{\"item\":{\"sku\":\"tie-item\"},\"quantity\":1}]}}",
                        Outcome.LOCATION_NOT_ALLOWED),
                Question.get(
                        "/v1/availability/items/{sku}", "/v1/availability/items/tie-item?" + fresh, Outcome.OWN_ONLY),
                Question.get(
                        "/v1/availability/items", "/v1/availability/items?sku=tie-item&" + fresh, Outcome.OWN_ONLY),
                Question.get(
                        "/v1/availability/locations/{location}",
                        "/v1/availability/locations/tie-here?" + fresh,
                        Outcome.OWN_ONLY),
                Question.get(
                        "/v1/availability/locations/{location}",
                        "/v1/availability/locations/tie-there",
                        Outcome.LOCATION_NOT_ALLOWED),
                new Question(
                        "POST /v1/availability/query",
                        "/v1/availability/query",
                        "application/json",
                        "{\"keys\":[{\"sku\":\"tie-item\"}]}",
                        Outcome.OWN_ONLY),
                new Question(
                        "POST /v1/availability/query",
                        "/v1/availability/query",
                        "application/json",
                        "{\"keys\":[{\"sku\":\"tie-item\",\"location\":\"tie-there\"}]}",
                        Outcome.LOCATION_NOT_ALLOWED),
                Question.get(
                        "/v1/availability/stream",
                        "/v1/availability/stream?locations=tie-there",
                        Outcome.LOCATION_NOT_ALLOWED),
                Question.get("/v1/items/{sku}", "/v1/items/tie-item", Outcome.NO_STOCK),
                Question.get("/v1/items", "/v1/items?text=tie-item", Outcome.NO_STOCK),
                Question.get("/v1/barcodes/{barcode}", "/v1/barcodes/tie-code", Outcome.NO_STOCK),
                Question.get("/v1/locations/{location}", "/v1/locations/tie-here?" + fresh, Outcome.OWN_ONLY),
                Question.get("/v1/locations/{location}", "/v1/locations/tie-there", Outcome.LOCATION_NOT_ALLOWED),
                Question.get("/v1/locations", "/v1/locations?" + fresh, Outcome.OWN_ONLY),
                Question.get("/v1/documents", "/v1/documents?" + fresh, Outcome.OWN_ONLY),
                Question.get("/v1/documents", "/v1/documents?location=tie-there", Outcome.LOCATION_NOT_ALLOWED),
                Question.get("/v1/documents/{document}", "/v1/documents/receipt:tie-r1", Outcome.OWN_ONLY),
                Question.get("/v1/documents/{document}", "/v1/documents/receipt:tie-r2", Outcome.NOT_FOUND),
                Question.get("/v1/receipts/{receiptId}", "/v1/receipts/tie-r2", Outcome.NOT_FOUND),
                Question.get("/v1/sales/{orderId}", "/v1/sales/tie-sold-there", Outcome.NOT_FOUND),
                Question.get(
                        "/v1/reservations/{reservationId}", "/v1/reservations/tie-held-tie-there", Outcome.NOT_FOUND),
                Question.get(
                        "/v1/reservations/{reservationId}", "/v1/reservations/tie-held-tie-here", Outcome.OWN_ONLY),
                Question.get("/v1/returns/{returnId}", "/v1/returns/none", Outcome.NOT_FOUND),
                Question.get("/v1/adjustments/{adjustmentId}", "/v1/adjustments/none", Outcome.NOT_FOUND),
                Question.get("/v1/counts/{countId}", "/v1/counts/none", Outcome.NOT_FOUND),
                Question.get("/v1/transfers/{transferId}", "/v1/transfers/none", Outcome.NOT_FOUND),
                Question.get(
                        "/v1/reclassifications/{reclassificationId}", "/v1/reclassifications/none", Outcome.NOT_FOUND),
                Question.get("/v1/instructions/{instructionId}", "/v1/instructions/tie-there", Outcome.NOT_FOUND),
                Question.get("/v1/history", "/v1/history?location=tie-here&" + fresh, Outcome.OWN_ONLY),
                Question.get("/v1/history", "/v1/history?location=tie-there", Outcome.LOCATION_NOT_ALLOWED),
                Question.get("/v1/history", "/v1/history?sku=tie-item", Outcome.INVALID_COMMAND),
                Question.get("/v1/history", "/v1/history?document=receipt:tie-r2", Outcome.INVALID_COMMAND),
                Question.get("/v1/history", "/v1/history?location=tie-here&document=receipt:tie-r2", Outcome.NO_STOCK),
                Question.get(
                        "/v1/drift/snapshots/{id}/report",
                        "/v1/drift/snapshots/tie-both/report?" + fresh,
                        Outcome.OWN_ONLY),
                new Question(
                        "GET /v1/drift/snapshots/{id}/report",
                        "/v1/drift/snapshots/tie-both/report?" + fresh,
                        "text/csv",
                        "",
                        Outcome.OWN_ONLY),
                new Question(
                        "PUT /v1/drift/snapshots/{id}",
                        "/v1/drift/snapshots/tie-tied?takenAt=2026-01-01T00:00:00Z",
                        "text/csv",
                        "location,sku,quantity\ntie-here,tie-item,1\ntie-there,tie-item,1\n",
                        Outcome.LOCATION_NOT_ALLOWED),
                new Question(
                        "POST /v1/drift/snapshots/{id}",
                        "/v1/drift/snapshots/tie-tied?takenAt=2026-01-01T00:00:00Z",
                        "text/csv",
                        "location,sku,quantity\ntie-there,tie-item,1\n",
                        Outcome.LOCATION_NOT_ALLOWED),
                Question.get("/v1/facts", "/v1/facts?names=goods-received&wait=PT20S", Outcome.OWN_ONLY),
                Question.get("/v1/facts", "/v1/facts?locations=tie-there", Outcome.LOCATION_NOT_ALLOWED),
                Question.get("/v1/security-events", "/v1/security-events", Outcome.NOT_PERMITTED),
                Question.get("/v1/webhook-endpoints", "/v1/webhook-endpoints", Outcome.NO_STOCK),
                new Question(
                        "POST /v1/webhook-endpoints",
                        "/v1/webhook-endpoints",
                        "application/json",
                        "{\"url\":\"https://shop.example/x\",\"locations\":[\"tie-there\"]}",
                        Outcome.LOCATION_NOT_ALLOWED),
                Question.get("/v1/webhook-endpoints/{id}", elsewhere(""), Outcome.NOT_FOUND),
                of("PATCH", "", "", "{\"enabled\":false}"),
                of("DELETE", "", "", ""),
                of("POST", "/rotate-secret", "/rotate-secret", "{}"),
                of("GET", "/deliveries", "/deliveries", ""),
                of("GET", "/deliveries/{webhookId}", "/deliveries/msg_1", ""),
                of("POST", "/deliveries/{webhookId}/resend", "/deliveries/msg_1/resend", ""),
                of("POST", "/resend-parked", "/resend-parked", ""),
                Question.get("/v1/views", "/v1/views", Outcome.NO_STOCK),
                Question.get("/v1/views/{view}/parked", "/v1/views/availability/parked", Outcome.NO_STOCK),
                new Question(
                        "POST /v1/views/{view}/rebuild",
                        "/v1/views/catalog/rebuild",
                        "application/json",
                        "{}",
                        Outcome.NOT_PERMITTED),
                new Question(
                        "POST /v1/views/{view}/parked/resume",
                        "/v1/views/availability/parked/resume",
                        "application/json",
                        "{\"key\":\"none\"}",
                        Outcome.NOT_PERMITTED),
                Question.get("/v1/api-keys", "/v1/api-keys", Outcome.OWN_ONLY),
                new Question(
                        "POST /v1/api-keys",
                        "/v1/api-keys",
                        "application/json",
                        "{\"name\":\"tie-out\",\"roles\":[\"pos\"],\"locations\":[\"tie-there\"]}",
                        Outcome.LOCATION_NOT_ALLOWED),
                new Question(
                        "POST /v1/api-keys",
                        "/v1/api-keys",
                        "application/json",
                        "{\"name\":\"tie-out\",\"roles\":[\"pos\"]}",
                        Outcome.INVALID_COMMAND),
                new Question(
                        "POST /v1/enrolment-codes",
                        "/v1/enrolment-codes",
                        "application/json",
                        "{\"location\":\"tie-there\"}",
                        Outcome.LOCATION_NOT_ALLOWED),
                new Question(
                        "POST /v1/enrolments",
                        "/v1/enrolments",
                        "application/json",
                        "{\"code\":\"none\",\"device\":\"d\"}",
                        Outcome.UNAUTHENTICATED),
                new Question(
                        "DELETE /v1/api-keys/{id}",
                        "/v1/api-keys/" + SERVICE.adminKey().substring(4, 16),
                        "application/json",
                        "",
                        Outcome.NOT_FOUND));
    }

    /** An endpoint that is tied to the other location. */
    private static String elsewhere(String below) {
        return "/v1/webhook-endpoints/" + ELSEWHERE + below;
    }

    private static Question of(String verb, String route, String path, String body) {
        return new Question(
                verb + " /v1/webhook-endpoints/{id}" + route,
                elsewhere(path),
                "application/json",
                body,
                Outcome.NOT_FOUND);
    }

    private static String endpointElsewhere() {
        Answer made = SERVICE.post(
                "/v1/webhook-endpoints",
                "{\"url\":\"https://shop.example/tie\",\"locations\":[\"tie-there\"],"
                        + "\"facts\":[\"location-opened\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().at("/endpoint/id").asString();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void no_answer_tells_of_elsewhere(Question question) {
        Answer answer = SERVICE.send(SERVICE.request(question.path(), SHOPS.tiedKey())
                .header("Content-Type", question.type())
                .header("Accept", question.type().equals("text/csv") ? "text/csv, application/json" : "*/*")
                .method(question.route().split(" ", -1)[0], BodyPublishers.ofString(question.body()))
                .build());
        assertThat(answer.body()).doesNotContain(SECRET);
        switch (question.expected()) {
            case OWN_ONLY -> assertThat(answer.body()).contains(HERE).doesNotContain(THERE);
            case NO_STOCK -> assertThat(answer.body()).doesNotContain(THERE);
            default ->
                assertThat(answer.json().findValue("reason").asString())
                        .isEqualTo(question.expected().name());
        }
    }

    @Test
    void the_table_of_routes_is_complete() {
        Set<String> routes = new TreeSet<>();
        SERVICE.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(method + " " + path))));
        routes.removeIf(route -> !route.contains(" /v1/"));
        Set<String> asked = questions().map(Question::route).collect(Collectors.toCollection(TreeSet::new));
        // Commands are shown by LocationTieIT.
        Contract.methods().stream()
                .filter(method -> !method.isCommand())
                .forEach(method -> method.routes().forEach(route -> routes.add(route.toString())));
        assertThat(asked).isEqualTo(routes);
        assertThat(Contract.methods().stream().filter(method -> !method.isCommand()))
                .extracting(ContractMethod::name)
                .containsExactlyInAnyOrder(
                        "CreateEnrolmentCode",
                        "CreateWebhookEndpoint",
                        "DeleteWebhookEndpoint",
                        "Enrol",
                        "Execute",
                        "FollowFacts",
                        "GetAvailability",
                        "GetDelivery",
                        "GetDocument",
                        "GetItem",
                        "GetLocation",
                        "GetWebhookEndpoint",
                        "ListAvailabilityOfLocation",
                        "ListDeliveries",
                        "ListDocuments",
                        "ListFacts",
                        "ListItems",
                        "ListLocations",
                        "ListSecurityEvents",
                        "ListWebhookEndpoints",
                        "QueryAvailability",
                        "ReadFacts",
                        "ResendDelivery",
                        "ResendParkedDeliveries",
                        "RotateWebhookSecret",
                        "UpdateWebhookEndpoint",
                        "WatchAvailability");
    }

    @Test
    void a_drift_report_says_that_it_is_of_some_locations_and_sums_up_those_only() {
        String path = "/v1/drift/snapshots/tie-both/report?wait=PT20S&atLeastPosition=" + SHOPS.position();
        var report = SERVICE.send(SERVICE.request(path, SHOPS.tiedKey()).GET().build())
                .json();
        assertThat(report.get("locations").valueStream().map(value -> value.asString()))
                .containsExactly(HERE);
        assertThat(report.get("totals").get("compared").asInt()).isEqualTo(1);
        assertThat(report.get("totals").get("absoluteDifference").asString()).isEqualTo("2");
        Answer csv = SERVICE.send(SERVICE.request(path, SHOPS.tiedKey())
                .header("Accept", "text/csv")
                .GET()
                .build());
        assertThat(csv.headers().firstValue("Stockledger-Locations")).hasValue(HERE);
        assertThat(SERVICE.get(path).json().has("locations")).isFalse();
        assertThat(SERVICE.get(path).json().get("totals").get("compared").asInt())
                .isEqualTo(2);
        Answer refused =
                SHOPS.csv("tie-mine", SHOPS.tiedKey(), "tie-here,tie-item,1\ntie-there,tie-item,1\ntie-away,x,1\n");
        assertThat(refused.json().get("values").get("locations").asString()).isEqualTo("tie-away, tie-there");
        assertThat(SHOPS.csv("tie-mine", SHOPS.tiedKey(), "tie-here,tie-item,1\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_console_shows_only_the_callers_own() {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new java.net.CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String form = page(browser, "/console/login", null);
        String token = form.replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]*)\".*", "$1");
        page(browser, "/console/login", "_csrf=" + token + "&key=" + SHOPS.tiedKey());
        for (String path : List.of(
                "/console/stock",
                "/console/stock/levels?location=tie-here",
                "/console/item?sku=tie-item",
                "/console/find?text=tie-item",
                "/console/drift",
                "/console/drift/report?id=tie-both",
                "/console/document?id=receipt:tie-r1")) {
            assertThat(page(browser, path, null)).as(path).contains("tie-").doesNotContain(THERE, SECRET);
        }
        for (String path : List.of(
                "/console/stock?location=tie-there",
                "/console/stock/levels?location=tie-there",
                "/console/item?sku=tie-item&location=tie-there",
                "/console/document?id=receipt:tie-r2",
                "/console/find?text=order:tie-sold-there")) {
            assertThat(page(browser, path, null)).as(path).doesNotContain(SECRET, "sold-there #");
        }
    }

    private static String page(HttpClient browser, String path, @org.jspecify.annotations.Nullable String form) {
        var request = java.net.http.HttpRequest.newBuilder(SERVICE.uri(path));
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form));
        }
        try {
            return browser.send(request.build(), BodyHandlers.ofString()).body();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
