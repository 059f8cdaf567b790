package io.stockledger.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.support.ui.FluentWait;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shop in which one and the same text stands in every field that takes it and that some page shows.
 *
 * @param key whose name is the text
 * @param endpoint the id of a webhook endpoint that has failed to take a message
 * @param message the id of that message
 */
record HostileStory(String text, String key, String location, String endpoint, String message) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** @param number of the story, for what takes letters and digits only */
    static HostileStory told(RunningLedger service, String text, int number, FluentWait<?> patiently) {
        String location = "shop-" + number;
        Answer made =
                service.post("/v1/api-keys", JSON.writeValueAsString(Map.of("name", text, "roles", List.of("admin"))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        Teller teller = new Teller(service, made.json().get("secret").asString(), text, location);
        teller.tell("/v1/locations", Map.of("location", location, "name", text, "kind", "shop"));
        teller.tell("/v1/items", Map.of("sku", text, "name", text, "barcodes", List.of(Map.of("code", text))));
        String endpoint = endpoint(service, text, location);
        teller.tell("/v1/receipts", Map.of("supplier", text, "lines", teller.lines(10)));
        teller.tell("/v1/adjustments", Map.of("reason", "own-use", "note", text, "lines", teller.lines(-1)));
        teller.tell("/v1/channel-protection", Map.of("channel", "web", "sku", text, "quantity", 1));
        long position = teller.tell(
                "/v1/sales",
                Map.of(
                        "channel",
                        "store",
                        "register",
                        text,
                        "customerReference",
                        text,
                        "goodsHandedOver",
                        true,
                        "lines",
                        teller.lines(20)));
        teller.refused("/v1/sales", Map.of("channel", "store", "lines", List.of(line("no " + text, 1))));
        upload(service, text, location);
        patiently.until(any -> service.get("/v1/views").json().findValues("position").stream()
                .allMatch(view -> view.asLong() > position));
        patiently.until(any -> !failed(service, endpoint).isEmpty());
        return new HostileStory(text, teller.key, location, endpoint, failed(service, endpoint));
    }

    private record Teller(RunningLedger service, String key, String text, String location) {

        /** The position of what was accepted. */
        long tell(String path, Map<String, Object> said) {
            Answer answer = sent(path, text, said);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return answer.json().get("position").asLong();
        }

        void refused(String path, Map<String, Object> said) {
            Answer answer = sent(path, "no " + text, said);
            assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        }

        private Answer sent(String path, String document, Map<String, Object> said) {
            Map<String, Object> command = new LinkedHashMap<>(said);
            // Instructions share their numbers, whatever they are about.
            boolean isInstruction = said.containsKey("name") || path.equals("/v1/channel-protection");
            command.put("documentId", isInstruction ? document + path : document);
            command.put("tryId", text);
            command.put("occasion", Map.of("device", text));
            if (!path.equals("/v1/items")) {
                command.put("location", location);
            }
            return service.send(service.request(path, key)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(command)))
                    .build());
        }

        List<Map<String, Object>> lines(int quantity) {
            return List.of(line(text, quantity));
        }
    }

    private static Map<String, Object> line(String sku, int quantity) {
        return Map.of("item", Map.of("sku", sku), "quantity", quantity);
    }

    private static String endpoint(RunningLedger service, String text, String location) {
        Answer made = service.post(
                "/v1/webhook-endpoints",
                JSON.writeValueAsString(Map.of(
                        "url",
                        "https://127.0.0.1:1/" + encoded(text) + "?q=" + encoded(text),
                        "description",
                        text,
                        "facts",
                        List.of("goods-received"),
                        "locations",
                        List.of(location))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().at("/endpoint/id").asString();
    }

    /** The message that could not be brought; empty as long as there is none. */
    private static String failed(RunningLedger service, String endpoint) {
        var deliveries =
                service.get("/v1/webhook-endpoints/" + endpoint + "/deliveries").json();
        return deliveries.at("/deliveries/0/error").isMissingNode()
                ? ""
                : deliveries.at("/deliveries/0/webhookId").asString();
    }

    /** With what the ledger knows, and with names that it does not. */
    private static void upload(RunningLedger service, String text, String location) {
        String quoted = '"' + text.replace("\"", "\"\"") + '"';
        Answer uploaded = service.send(service.request(
                        "/v1/drift/snapshots/" + encoded(text) + "?takenAt=" + Instant.now(), service.adminKey())
                .header("Content-Type", "text/csv")
                .PUT(BodyPublishers.ofString("location,sku,quantity\n" + location + "," + quoted + ",12\nnowhere,"
                        + quoted + ",3\n" + location + ",\"no " + quoted.substring(1) + ",4\n"))
                .build());
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
