package io.stockledger.api.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.stockledger.api.RunningLedger;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.EnrolRequest;
import io.stockledger.v1.EnrolmentGrpc;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.RegisterItem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request comes from is believed of proxies that were named; what it calls our host, of nobody. */
class ForwardedIT {

    private static final String EVIL = "evil.example";
    private static final Pattern LOCATION = Pattern.compile("(?m)^Location: (.*)$");
    private static final Pattern COOKIE = Pattern.compile("(?m)^Set-Cookie: ([^;=]+=[^;]*)(.*)$");
    private static final RunningLedger BEHIND =
            RunningLedger.start(TestPostgres.freshDatabase(), "stockledger.trusted-proxies=10.9.0.0/16,127.0.0.1");
    private static final RunningLedger ALONE = RunningLedger.start(TestPostgres.freshDatabase());

    @AfterAll
    static void stop() {
        BEHIND.close();
        ALONE.close();
    }

    @Test
    void behind_a_trusted_proxy_a_page_counts_as_it_was_asked_for() throws IOException {
        String page =
                asked(BEHIND, "GET /console/login", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n");

        assertThat(page).startsWith("HTTP/1.1 200").contains("Strict-Transport-Security: ");
        assertThat(cookies(page)).isNotEmpty().allMatch(cookie -> cookie.contains("Secure"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n",
                "X-Forwarded-Proto: https\r\nX-Forwarded-Ssl: on\r\nX-Forwarded-Port: 443\r\n",
                "Forwarded: for=203.0.113.9;proto=https;host=" + EVIL + "\r\n"
            })
    void from_anybody_else_it_counts_for_nothing(String forged) throws IOException {
        String page = asked(ALONE, "GET /console/login", forged);

        assertThat(page).startsWith("HTTP/1.1 200").doesNotContain("Strict-Transport-Security", EVIL);
        assertThat(cookies(page)).isNotEmpty().noneMatch(cookie -> cookie.contains("Secure"));
    }

    @Test
    void the_security_log_names_who_sent_it_on_both_wires() throws IOException {
        for (RunningLedger service : List.of(BEHIND, ALONE)) {
            assertThat(asked(
                            service,
                            "GET /v1/availability/items/1",
                            "X-Forwarded-For: 1.2.3.4, 203.0.113.21, 10.9.0.3\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(asked(service, "GET /v1/api-keys", "X-Forwarded-For: 1.2.3.4, 203.0.113.22\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThatThrownBy(() -> LedgerGrpc.newBlockingStub(service.channel())
                            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(
                                    forwardedFor("1.2.3.4, 203.0.113.23, 10.9.0.3")))
                            .registerItem(RegisterItem.getDefaultInstance()))
                    .isInstanceOf(StatusRuntimeException.class);
        }

        assertThat(addresses(BEHIND))
                .contains("203.0.113.21", "203.0.113.22", "203.0.113.23")
                .doesNotContain("127.0.0.1", "1.2.3.4");
        assertThat(addresses(ALONE)).isEqualTo("127.0.0.1");
    }

    @Test
    void who_guesses_codes_behind_a_proxy_keeps_nobody_else_waiting() throws IOException {
        for (int i = 0; i < 10; i++) {
            assertThat(guess(BEHIND, "203.0.113.30")).isNotEqualTo("429");
        }
        assertThat(guess(BEHIND, "203.0.113.30")).isEqualTo("429");
        assertThat(guess(BEHIND, "203.0.113.31")).isNotEqualTo("429");
        assertThat(enrolled("203.0.113.30")).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(enrolled("203.0.113.31")).isNotEqualTo(Status.Code.RESOURCE_EXHAUSTED);

        for (int i = 0; i < 10; i++) {
            assertThat(guess(ALONE, "203.0.113." + i)).isNotEqualTo("429");
        }
        assertThat(guess(ALONE, "203.0.113.99")).isEqualTo("429");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /console",
                "GET /console/",
                "GET /console/stock?text=x",
                "GET /console/item",
                "GET /api-docs",
                "POST /console/logout",
                "POST /console/login",
                "GET /v1/views",
                "GET /openapi.yaml",
                "GET /actuator",
                "GET /actuator/health",
                "GET /nothing"
            })
    void what_a_request_calls_our_host_is_in_no_answer(String request) throws IOException {
        for (RunningLedger service : List.of(BEHIND, ALONE)) {
            for (String credentials : List.of("", "Authorization: Bearer " + service.adminKey() + "\r\n")) {
                String answer = asked(
                        service,
                        request,
                        credentials + "X-Forwarded-Host: " + EVIL + "\r\nForwarded: host=" + EVIL + "\r\n");

                assertThat(answer).as(request).doesNotContain(EVIL);
                assertThat(locations(answer)).allMatch(location -> location.matches("/(?!/).*"), request);
            }
        }
    }

    @Test
    void a_login_leads_back_to_a_page_of_ours_and_out_again() throws IOException {
        String refused = asked(ALONE, "GET /console/stock?text=a%20b", "Accept: text/html\r\n");
        assertThat(locations(refused)).containsExactly("/console/login");

        assertThat(loggedIn(cookieOf(refused))).startsWith("/console/stock?text=a%20b");
        assertThat(loggedIn("")).isEqualTo("/console/stock");
        assertThat(loggedIn("REDIRECT_URI=" + encoded("https://" + EVIL + "/console/stock")))
                .isEqualTo("/console/stock");
        assertThat(loggedIn("REDIRECT_URI=" + encoded("http://" + EVIL + "//" + EVIL + "/x")))
                .doesNotStartWith("//");
    }

    private static String loggedIn(String cookie) throws IOException {
        String page = asked(ALONE, "GET /console/login", "");
        String token = cookieOf(page);
        Matcher field = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).as(page).isTrue();
        String form = "_csrf=" + URLEncoder.encode(field.group(1), ISO_8859_1) + "&name=x&key="
                + URLEncoder.encode(ALONE.adminKey(), ISO_8859_1);
        String answer = asked(
                ALONE,
                "POST /console/login",
                "Cookie: " + token + (cookie.isEmpty() ? "" : "; " + cookie)
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                form);
        assertThat(answer).startsWith("HTTP/1.1 302").doesNotContain("?error");
        return locations(answer).get(0);
    }

    private static String cookieOf(String answer) {
        Matcher cookie = COOKIE.matcher(answer);
        assertThat(cookie.find()).as(answer).isTrue();
        return cookie.group(1);
    }

    private static String encoded(String url) {
        return Base64.getEncoder().encodeToString(url.getBytes(ISO_8859_1));
    }

    private static String guess(RunningLedger service, String from) throws IOException {
        return asked(
                        service,
                        "POST /v1/enrolments",
                        "X-Forwarded-For: " + from + "\r\nContent-Type: application/json\r\n",
                        "{\"code\":\"0000-0000-0000\",\"device\":\"dock\"}")
                .substring("HTTP/1.1 ".length())
                .substring(0, 3);
    }

    private static Status.Code enrolled(String from) {
        try {
            var unused = EnrolmentGrpc.newBlockingStub(BEHIND.channel())
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(forwardedFor(from)))
                    .enrol(EnrolRequest.newBuilder()
                            .setCode("0000-0000-0000")
                            .setDevice("dock")
                            .build());
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static Metadata forwardedFor(String addresses) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER), addresses);
        return headers;
    }

    private static String addresses(RunningLedger service) {
        return StreamSupport.stream(
                        service.get("/v1/security-events?pageSize=1000")
                                .json()
                                .get("events")
                                .spliterator(),
                        false)
                .filter(event -> event.path("what").asString().equals("unauthenticated"))
                .map(event -> event.path("address").asString())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static List<String> locations(String answer) {
        return LOCATION.matcher(answer).results().map(found -> found.group(1)).toList();
    }

    private static List<String> cookies(String answer) {
        return COOKIE.matcher(answer)
                .results()
                .map(found -> found.group(1) + found.group(2))
                .toList();
    }

    private static String asked(RunningLedger service, String request, String headers) throws IOException {
        return asked(service, request, headers, "");
    }

    /** As no honest client would: the header Host is somebody else's. */
    private static String asked(RunningLedger service, String request, String headers, String body) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.uri("/").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: " + EVIL + "\r\nConnection: close\r\n" + headers
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
