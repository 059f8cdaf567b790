package io.stockledger.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many commands in one body: each line has its answer, in order, and a bad one harms no other. */
class CommandLinesIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HEAD = String.join(
            "\r\n",
            "POST /v1/commands HTTP/1.1",
            "Host: x",
            "Authorization: Bearer %s",
            "Content-Type: application/x-ndjson",
            "Connection: close",
            "Transfer-Encoding: chunked",
            "\r\n");

    @BeforeAll
    static void aShopWithCups() {
        assertThat(SERVICE.post(
                                "/v1/locations",
                                "{\"documentId\":\"nd-l\",\"location\":\"nd-1\",\"name\":\"Shop\",\"kind\":\"shop\"}")
                        .status())
                .isEqualTo(200);
        assertThat(SERVICE.post("/v1/items", "{\"documentId\":\"nd-i\",\"sku\":\"nd-cup\",\"name\":\"Cup\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void each_line_has_its_answer_in_order_and_a_bad_one_harms_no_other() {
        List<JsonNode> answers = answers(
                SERVICE.adminKey(),
                receipt(7, "nd-r1", 10),
                "{\"tag\":8,",
                "",
                "{\"tag\":9}",
                sale(10, "nd-s1", 5_000),
                sale(11, "nd-s2", 4),
                sale(11, "nd-s2", 4),
                "{\"tag\":12,\"recordSale\":{\"documentId\":\"nd-s3\"},\"openLocation\":{}}",
                "{\"receiveGoods\":{\"documentId\":\"x\",\"lines\":[{\"quantity\":\"" + "1".repeat(1_100_000)
                        + "\"}]}}",
                sale(13, "nd-s4", 1));
        assertThat(answers)
                .extracting(answer -> answer.path("line").asInt())
                .containsExactly(1, 2, 4, 5, 6, 7, 8, 9, 10);
        assertThat(answers)
                .extracting(CommandLinesIT::outcome)
                .containsExactly(
                        "accepted",
                        "MALFORMED_REQUEST",
                        "INVALID_COMMAND",
                        "INSUFFICIENT_STOCK",
                        "accepted",
                        "repeated",
                        "MALFORMED_REQUEST",
                        "TOO_LARGE",
                        "accepted");
        assertThat(answers)
                .extracting(answer -> answer.path("tag").asInt(-1))
                .containsExactly(7, -1, 9, 10, 11, 11, -1, -1, 13);
    }

    @Test
    void each_command_needs_the_permission_of_its_own() {
        String pos = SERVICE.key(List.of("pos"), List.of("nd-1"));
        assertThat(answers(
                        pos,
                        receipt(1, "nd-r2", 1),
                        sale(2, "nd-s5", 1),
                        sale(3, "nd-s6", 1).replace("nd-1", "nd-2")))
                .extracting(CommandLinesIT::outcome)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("NOT_PERMITTED"),
                        second -> assertThat(second).isIn("accepted", "INSUFFICIENT_STOCK"),
                        third -> assertThat(third).isEqualTo("LOCATION_NOT_ALLOWED"));
    }

    @Test
    void a_line_is_answered_while_the_body_still_comes() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), SERVICE.uri("/").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(HEAD.formatted(SERVICE.adminKey()).getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 1; i <= 3; i++) {
                chunk(out, receipt(i, "nd-w" + i, 1) + "\n");
                String line = in.readLine();
                while (!line.startsWith("{")) {
                    line = in.readLine();
                }
                assertThat(JSON.readTree(line).path("tag").asInt()).isEqualTo(i);
                assertThat(outcome(JSON.readTree(line))).isEqualTo("accepted");
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(in.lines().filter(line -> line.startsWith("{"))).isEmpty();
        }
    }

    @Test
    void who_hangs_up_leaves_what_was_decided_and_nothing_else() throws IOException {
        for (int i = 0; i < 2 * CommandRoutes.MOST_AT_ONCE; i++) {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), SERVICE.uri("/").getPort())) {
                OutputStream out = socket.getOutputStream();
                out.write(HEAD.formatted(SERVICE.adminKey()).getBytes(StandardCharsets.UTF_8));
                chunk(
                        out,
                        receipt(i, "nd-h" + i, 1) + "\n"
                                + receipt(i, "nd-half" + i, 1).substring(0, 20));
                InputStream in = socket.getInputStream();
                assertThat(in.read()).isEqualTo('H');
                socket.setSoLinger(true, 0);
            }
            String answer = outcome(Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> one(receipt(1, "nd-again", 1)), one -> !one.has("reason")));
            assertThat(answer).isIn("accepted", "repeated");
        }
        assertThat(outcome(one(receipt(1, "nd-h0", 1)))).isEqualTo("repeated");
    }

    @Test
    void a_body_is_bounded() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_002; i++) {
            lines.append("{}\n");
        }
        List<JsonNode> answers = answers(SERVICE.adminKey(), lines.toString());
        assertThat(answers).hasSize(10_001);
        assertThat(outcome(answers.get(9_999))).isEqualTo("INVALID_COMMAND");
        assertThat(outcome(answers.get(10_000))).isEqualTo("TOO_LARGE");
    }

    @Test
    void what_is_for_one_command_is_for_none_of_many() {
        Answer keyed = SERVICE.send(SERVICE.request("/v1/commands", SERVICE.adminKey())
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", "one")
                .POST(BodyPublishers.ofString(receipt(1, "nd-k", 1)))
                .build());
        assertThat(keyed.status()).isEqualTo(400);
        assertThat(SERVICE.post("/v1/commands", "{}").status()).isEqualTo(415);
    }

    private static JsonNode one(String line) {
        Answer answer = send(SERVICE.adminKey(), line);
        return answer.json();
    }

    private static List<JsonNode> answers(String key, String... lines) {
        Answer answer = send(key, String.join("\n", lines));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonNode> answers = new ArrayList<>();
        answer.body().lines().forEach(line -> answers.add(JSON.readTree(line)));
        return answers;
    }

    private static Answer send(String key, String body) {
        return SERVICE.send(SERVICE.request("/v1/commands", key)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static String outcome(JsonNode answer) {
        return answer.has("problem")
                ? answer.path("problem").path("reason").asString()
                : answer.path("accepted").path("repeated").asBoolean() ? "repeated" : "accepted";
    }

    private static String receipt(int tag, String document, int quantity) {
        return "{\"tag\":" + tag + ",\"receiveGoods\":{\"documentId\":\"" + document
                + "\",\"location\":\"nd-1\",\"supplier\":\"S\",\"lines\":[{\"item\":{\"sku\":\"nd-cup\"},\"quantity\":"
                + quantity + "}]}}";
    }

    private static String sale(int tag, String document, int quantity) {
        return "{\"tag\":" + tag + ",\"recordSale\":{\"documentId\":\"" + document
                + "\",\"channel\":\"store\",\"location\":\"nd-1\",\"lines\":[{\"item\":{\"sku\":\"nd-cup\"},\"quantity\":"
                + quantity + "}]}}";
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
