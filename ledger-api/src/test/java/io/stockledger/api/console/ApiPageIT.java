package io.stockledger.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API page tries out is sent by who is logged in, and by nobody who only has the browser's cookie. */
class ApiPageIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Test
    void who_is_logged_in_tries_calls_out_with_the_pages_token_alone() throws Exception {
        String token = logIn(SERVICE.key(List.of("admin"), List.of()));
        String location = "{\"documentId\":\"try-1\",\"location\":\"try-1\",\"name\":\"Shop\",\"kind\":\"shop\"}";

        assertThat(send("GET", "/v1/views", null, null).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v1/history?document=instruction:none", null, null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/openapi.yaml", null, null).statusCode()).isEqualTo(200);
        assertThat(send("GET", "/openapi.json", null, null).statusCode()).isEqualTo(200);
        for (String wrong : new String[] {"", "x", token.substring(1)}) {
            for (String path : new String[] {"/v1/locations", "/v1/api-keys", "/v1/commands"}) {
                HttpResponse<String> refused = send("POST", path, location, wrong);
                assertThat(refused.statusCode()).as(path).isEqualTo(403);
                assertThat(json(refused).path("reason").asString()).isEqualTo("NOT_PERMITTED");
            }
        }
        HttpResponse<String> opened = send("POST", "/v1/locations", location, token);
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        assertThat(json(opened).path("document").asString()).isEqualTo("instruction:try-1");
        HttpResponse<String> key =
                send("POST", "/v1/api-keys", "{\"name\":\"try-key\",\"roles\":[\"auditor\"]}", token);
        assertThat(key.statusCode()).as(key.body()).isEqualTo(201);

        send("POST", "/console/logout", "", token);
        HttpResponse<String> gone = send("GET", "/v1/history", null, token);
        assertThat(gone.statusCode()).isEqualTo(401);
        assertThat(json(gone).path("reason").asString()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void a_session_gives_no_more_than_its_key() throws Exception {
        String token = logIn(SERVICE.key(List.of("auditor"), List.of()));
        HttpResponse<String> refused = send(
                "POST",
                "/v1/locations",
                "{\"documentId\":\"try-2\",\"location\":\"try-2\",\"name\":\"Shop\",\"kind\":\"shop\"}",
                token);
        assertThat(json(refused).path("values").path("permission").asString()).isEqualTo("open-location");
    }

    /** The page's own token, as its script finds it. */
    private String logIn(String key) throws IOException, InterruptedException {
        String form = send("GET", "/console/login", null, null).body();
        String hidden = found("name=\"_csrf\"[^>]*value=\"([^\"]*)\"", form);
        browser.send(
                HttpRequest.newBuilder(SERVICE.uri("/console/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "_csrf=" + URLEncoder.encode(hidden, StandardCharsets.UTF_8) + "&key=" + key))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        String page = send("GET", "/api-docs", null, null).body();
        assertThat(found("data-token-header=\"([^\"]*)\"", page)).isEqualTo("X-XSRF-TOKEN");
        return found("data-token=\"([^\"]*)\"", page);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> send(String verb, String path, @Nullable String body, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(SERVICE.uri(path))
                .header("Content-Type", path.equals("/v1/commands") ? "application/x-ndjson" : "application/json");
        if (token != null) {
            request.header("X-XSRF-TOKEN", token);
        }
        return browser.send(
                request.method(verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
