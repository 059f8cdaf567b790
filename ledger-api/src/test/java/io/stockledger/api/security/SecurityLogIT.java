package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.postgres.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written down of keys, rights and those who try what is not theirs. */
class SecurityLogIT {

    private static final RunningLedger SERVICE = RunningLedger.start(TestPostgres.freshDatabase());

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void who_changes_rights_and_who_tries_what_is_not_theirs_is_told_without_a_secret() {
        Answer made = SERVICE.post("/v1/api-keys", "{\"name\":\"clerk\",\"roles\":[\"pos\"]}");
        String clerk = made.json().get("secret").asString();
        String id = made.json().get("key").get("id").asString();
        Answer code = SERVICE.post("/v1/enrolment-codes", "{\"location\":\"berlin-1\"}");
        String secretCode = code.json().get("code").asString();
        Answer enrolled = SERVICE.send(SERVICE.request("/v1/enrolments", null)
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"code\":\"" + secretCode + "\",\"device\":\"dock\"}"))
                .build());
        assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
        assertThat(get("/v1/history?sku=0001", clerk).status()).isEqualTo(403);
        assertThat(get("/v1/views", clerk).status()).isEqualTo(403);
        assertThat(get("/v1/availability/items/0001", "slk_unknown").status()).isEqualTo(401);
        assertThat(SERVICE.send(SERVICE.request("/v1/api-keys/" + id, SERVICE.adminKey())
                                .DELETE()
                                .build())
                        .status())
                .isEqualTo(204);
        SERVICE.bean(ApiKeys.class).saveLastUsed();

        Answer log = SERVICE.get("/v1/security-events");

        List<String> told = StreamSupport.stream(log.json().get("events").spliterator(), false)
                .map(event -> event.path("what").asString() + " by "
                        + event.path("principal").asString("nobody").replaceAll("test-[0-9]+", "admin") + " of "
                        + event.path("subject").asString("nothing"))
                .toList();
        assertThat(told)
                .contains(
                        "make-key by nobody of admin with [admin] at all, at the start",
                        "make-key by admin of clerk with [pos] at all",
                        "create-enrolment-code by admin of berlin-1",
                        "enrol by nobody of dock",
                        "revoke-key by admin of clerk",
                        "unauthenticated by nobody of The bearer token is unknown, revoked or out of date.")
                .anyMatch(event -> event.startsWith("not-permitted by clerk of Principal 'clerk' may not read-history"))
                .anyMatch(event ->
                        event.startsWith("not-permitted by clerk of Principal 'clerk' may not read-operations"));
        assertThat(told.indexOf("revoke-key by admin of clerk"))
                .isLessThan(told.indexOf("make-key by admin of clerk with [pos] at all"));
        assertThat(log.body())
                .doesNotContain(clerk, secretCode, enrolled.json().get("apiKey").asString());
    }

    @Test
    void it_is_read_page_by_page_and_not_by_who_is_tied_or_may_not() {
        for (int i = 0; i < 5; i++) {
            SERVICE.key(List.of("pos"), List.of());
            SERVICE.post("/v1/api-keys", "{\"name\":\"page-" + i + "\",\"roles\":[\"pos\"]}");
        }
        List<Long> numbers = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = SERVICE.get(
                            "/v1/security-events?pageSize=2" + (token.isEmpty() ? "" : "&pageToken=" + token))
                    .json();
            page.get("events").forEach(event -> numbers.add(event.get("number").asLong()));
            token = page.path("nextPageToken").asString("");
        } while (!token.isEmpty());
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
        assertThat(numbers).isSortedAccordingTo((one, other) -> Long.compare(other, one));

        String auditor = SERVICE.key(List.of("auditor"), List.of());
        assertThat(get("/v1/security-events", auditor).status()).isEqualTo(200);
        String tied = SERVICE.key(List.of("auditor"), List.of("berlin-1"));
        assertThat(get("/v1/security-events", tied).status()).isEqualTo(403);
        String till = SERVICE.key(List.of("pos"), List.of());
        assertThat(get("/v1/security-events", till).status()).isEqualTo(403);
    }

    @Test
    void who_tries_many_keys_does_not_fill_it() {
        for (int i = 0; i < 200; i++) {
            get("/v1/items/1", "slk_guess" + i);
        }
        long told = StreamSupport.stream(
                        SERVICE.get("/v1/security-events?pageSize=1000")
                                .json()
                                .get("events")
                                .spliterator(),
                        false)
                .filter(event -> event.path("what").asString().equals("unauthenticated"))
                .count();
        assertThat(told).isBetween(1L, 3L * SecurityLog.MOST_ALIKE);
    }

    @Test
    void what_is_everybodys_is_not_for_who_is_tied() {
        String tied = SERVICE.key(List.of("admin"), List.of("berlin-1"));
        String item = "{\"documentId\":\"tied-i\",\"sku\":\"tied\",\"name\":\"Tied\"}";
        for (String post : List.of(
                "/v1/items " + item,
                "/v1/locations {\"documentId\":\"tied-l\",\"location\":\"x\",\"name\":\"X\",\"kind\":\"shop\"}",
                "/v1/views/availability/rebuild {}")) {
            String[] parts = post.split(" ", 2);
            Answer refused = SERVICE.send(SERVICE.request(parts[0], tied)
                    .header("Content-Type", "application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(parts[1]))
                    .build());
            assertThat(refused.status()).as(refused.body()).isEqualTo(403);
            assertThat(refused.body()).contains("tied to [berlin-1]");
        }
    }

    private static Answer get(String path, String key) {
        return SERVICE.send(SERVICE.request(path, key).GET().build());
    }
}
