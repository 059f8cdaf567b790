package io.stockledger.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files of ERPs as they come, and reports as they go out. */
class DriftFilesIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final String ITEM = "{\"documentId\":\"df-i-%1$s\",\"sku\":\"%1$s\",\"name\":\"%2$s\"}";

    private static long position;

    @BeforeAll
    static void twoShopsOfWhichTheErpKnowsOne() {
        for (String shop : List.of("df-shop", "df-other")) {
            accepted(
                    "/v1/locations",
                    "{\"documentId\":\"df-l-%1$s\",\"location\":\"%1$s\",\"name\":\"S\",\"kind\":\"shop\"}"
                            .formatted(shop));
        }
        accepted("/v1/items", ITEM.formatted("df-Müsli", "=HYPERLINK(1)"));
        receive("df-shop", "df-Müsli", 5);
        receive("df-other", "df-Müsli", 5);
        for (int i = 1; i <= 30; i++) {
            accepted("/v1/items", ITEM.formatted("df-" + i, "Cup " + i));
            position = receive("df-shop", "df-" + i, i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv, UTF-8",
        "text/csv; charset=windows-1252, windows-1252",
        "text/csv;charset=\"ISO-8859-1\", ISO-8859-1",
        "text/csv; charset=utf-16, UTF-16"
    })
    void a_file_is_read_in_the_charset_that_it_names(String type, String charset) {
        String id = "df-in-" + charset;
        Answer stored =
                upload(id, type, "location;sku;quantity\ndf-shop;df-Müsli;4\n".getBytes(Charset.forName(charset)));
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(report(id, "").findValuesAsString("sku")).contains("df-Müsli");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_column() {
        Answer stored =
                upload("df-bom", "text/csv", "\uFEFF\"location\",sku,quantity\ndf-shop,df-1,1\n".getBytes(UTF_8));
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            df-shop,df-1,1.234    | Line 2: quantity: '1.234' (expected: a whole number, as item 'df-1' is counted in
            df-shop,df-1,1E+01    | Line 2: quantity: '1E+01' (expected: a number such as 12 or -3.5
            df-shop,df-1,１２      | Line 2: quantity: '１２' (expected: a number such as 12 or -3.5
            df-shop,df-Müsli,1 | Line 2: byte 0xFC (expected: text in UTF-8, or the file's charset with it
            """)
    void what_cannot_be_right_is_refused_with_its_line(String line, String said) {
        Charset charset = line.contains("ü") ? Charset.forName("windows-1252") : UTF_8;
        Answer refused = upload("df-no", "text/csv", ("location,sku,quantity\n" + line).getBytes(charset));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("reason").asString()).isEqualTo("UNREADABLE_SNAPSHOT");
        assertThat(refused.json().path("detail").asString()).startsWith(said);
    }

    @Test
    void a_charset_that_does_not_exist_is_refused() {
        Answer refused = upload("df-no", "text/csv; charset=klingon", "location,sku,quantity\n".getBytes(UTF_8));
        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.json().path("detail").asString())
                .isEqualTo(
                        "Content-Type text/csv; charset=klingon (expected: one of [text/csv]). A charset that is named must exist.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026/11/01",
                "50%",
                "a;b",
                "a\\b",
                "a b",
                "Müsli 🍷",
                "a?b#c",
                "a//b",
                "a/../b",
                "%2F",
                "a.csv",
                "..a"
            })
    void a_snapshots_id_may_hold_any_character(String id) {
        Answer stored = upload("df " + id, "text/csv", "location,sku,quantity\ndf-shop,df-1,2\n".getBytes(UTF_8));
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(stored.json().path("id").asString()).isEqualTo("df " + id);
        assertThat(report("df " + id, "").path("snapshot").asString()).isEqualTo("df " + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%20a", "a%0Ab", "%E2%80%A8", "%EF%BB%BF", "..", "%2e%2e", "a;b", "%FF"})
    void what_is_no_id_is_refused_with_a_problem(String path) {
        Answer refused = SERVICE.send(SERVICE.request("/v1/drift/snapshots/" + path, SERVICE.adminKey())
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString("location,sku,quantity\ndf-shop,df-1,2\n"))
                .build());
        assertThat(refused.status()).isBetween(400, 499);
        assertThat(refused.contentType()).startsWith("application/problem+json");
    }

    @Test
    void a_report_is_the_same_from_its_first_page_to_its_last() {
        upload("df-pages", "text/csv", "location,sku,quantity\ndf-shop,df-none,0\n".getBytes(UTF_8));
        String fresh = "&wait=PT20S&atLeastPosition=" + position;
        List<String> whole = report("df-pages", "pageSize=1000" + fresh).findValuesAsString("sku");
        assertThat(whole).hasSize(32).doesNotHaveDuplicates();

        List<String> read = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = report("df-pages", "pageSize=8" + fresh + "&pageToken=" + token);
            read.addAll(page.findValuesAsString("sku"));
            token = page.path("nextPageToken").asString("");
            long sold = sellLate("df-" + (30 - read.size() / 8), read.size());
            fresh = "&wait=PT20S&atLeastPosition=" + sold;
        } while (!token.isEmpty());

        assertThat(read).isEqualTo(whole);
        assertThat(SERVICE.get("/v1/drift/snapshots/df-pages/report?pageToken=eHg")
                        .json()
                        .path("detail")
                        .asString())
                .isEqualTo("pageToken: 'eHg' (expected: nextPageToken of the page before)");
    }

    @Test
    void a_report_names_the_locations_that_the_file_lacks() {
        upload("df-lacks", "text/csv", "location,sku,quantity\ndf-shop,df-Müsli,4\n".getBytes(UTF_8));
        String fresh = "wait=PT20S&atLeastPosition=" + position;
        assertThat(report("df-lacks", fresh).path("locationsNotInErp").toString())
                .contains("{\"location\":\"df-other\",\"items\":1}");
        Answer csv = SERVICE.send(SERVICE.request("/v1/drift/snapshots/df-lacks/report?" + fresh, SERVICE.adminKey())
                .header("Accept", "text/csv")
                .GET()
                .build());
        assertThat(csv.body().lines())
                .contains("df-other,,,,location-not-in-erp,,,,,,,,,,")
                .anyMatch(line -> line.startsWith("df-shop,df-Müsli,'=HYPERLINK(1),piece,different,4,5,1,"));
        assertThat(csv.contentType()).isEqualTo("text/csv;charset=UTF-8");
    }

    private static long sellLate(String sku, int number) {
        return accepted("/v1/sales", """
                {"documentId":"df-late-%d","channel":"store","location":"df-shop","goodsHandedOver":true,
                "occasion":{"businessTime":"%s"},"lines":[{"item":{"sku":"%s"},"quantity":29}]}""".formatted(number, Instant.now().minusSeconds(3_600), sku));
    }

    private static JsonNode report(String id, String query) {
        Answer answer = SERVICE.get("/v1/drift/snapshots/" + encoded(id) + "/report?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Answer upload(String id, String type, byte[] file) {
        return SERVICE.send(
                SERVICE.request("/v1/drift/snapshots/" + encoded(id) + "?takenAt=" + Instant.now(), SERVICE.adminKey())
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofByteArray(file))
                        .build());
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, UTF_8).replace("+", "%20");
    }

    private static long receive(String location, String sku, int quantity) {
        return accepted(
                "/v1/receipts",
                "{\"documentId\":\"df-r-%1$s-%2$s\",\"location\":\"%1$s\",\"supplier\":\"S\",\"lines\":[{\"item\":{\"sku\":\"%2$s\"},\"quantity\":%3$d}]}"
                        .formatted(location, sku, quantity));
    }

    private static long accepted(String path, String json) {
        Answer answer = SERVICE.post(path, json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("position").asLong();
    }
}
