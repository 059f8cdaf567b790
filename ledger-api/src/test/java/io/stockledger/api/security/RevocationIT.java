package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.Command;
import io.stockledger.v1.FollowFactsRequest;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.Reply;
import io.stockledger.v1.WatchRequest;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A key that is revoked opens nothing, and closes what it had opened, within seconds. */
class RevocationIT {

    private static final Duration SECONDS = Duration.ofSeconds(30);
    private static final RunningLedger SERVICE = RunningLedger.shared();

    /** A living key, known by its name. */
    private record Key(String id, String secret) {

        static Key of(String name, String... roles) {
            String asked =
                    Stream.of(roles).map(role -> "\"" + role + "\"").toList().toString();
            Answer made = SERVICE.post("/v1/api-keys", "{\"name\":\"" + name + "\",\"roles\":" + asked + "}");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            return new Key(
                    made.json().get("key").get("id").asString(),
                    made.json().get("secret").asString());
        }

        void revoke() {
            Answer revoked = SERVICE.send(SERVICE.request("/v1/api-keys/" + id, SERVICE.adminKey())
                    .DELETE()
                    .build());
            assertThat(revoked.status()).as(revoked.body()).isEqualTo(204);
        }
    }

    @Test
    void a_stream_of_commands_ends_with_the_key() throws Exception {
        Key key = Key.of("revoked-stream", "admin");
        LinkedBlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        StreamObserver<Command> commands = RunningLedger.as(key.secret(), LedgerGrpc.newStub(SERVICE.channel()))
                .execute(new StreamObserver<>() {
                    @Override
                    public void onNext(Reply reply) {
                        replies.add(reply);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        ended.complete(failure);
                    }

                    @Override
                    public void onCompleted() {
                        ended.complete(new AssertionError("ended well"));
                    }
                });
        commands.onNext(opening(0));
        assertThat(replies.poll(SECONDS.toSeconds(), TimeUnit.SECONDS))
                .satisfies(reply -> assertThat(reply.hasAccepted()).isTrue());

        key.revoke();
        await().atMost(SECONDS).until(() -> {
            commands.onNext(opening(1));
            return ended.isDone();
        });
        assertThat(code(ended.join())).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void who_watches_and_who_follows_is_told() {
        Key key = Key.of("revoked-watch", "auditor");
        var changes = RunningLedger.as(key.secret(), AvailabilityGrpc.newBlockingStub(SERVICE.channel()))
                .withDeadlineAfter(SECONDS.toSeconds(), TimeUnit.SECONDS)
                .watchAvailability(
                        WatchRequest.newBuilder().addSkus("never-sold").build());
        var facts = RunningLedger.as(key.secret(), HistoryGrpc.newBlockingStub(SERVICE.channel()))
                .withDeadlineAfter(SECONDS.toSeconds(), TimeUnit.SECONDS)
                .followFacts(FollowFactsRequest.newBuilder()
                        .addNames("channel-protection-set")
                        .build());
        HttpResponse<Stream<String>> events =
                open(SERVICE.request("/v1/availability/stream?skus=never-sold", key.secret()));
        assertThat(events.statusCode()).isEqualTo(200);

        key.revoke();

        assertThatThrownBy(changes::hasNext)
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.UNAUTHENTICATED));
        assertThatThrownBy(() -> {
                    while (facts.hasNext()) {
                        facts.next();
                    }
                })
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.UNAUTHENTICATED));
        assertThat(events.body().count()).isPositive();
    }

    @Test
    void a_session_of_the_console_ends_with_the_key() throws Exception {
        Key key = Key.of("revoked-session", "auditor");
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        String form = page(browser, "/console/login").body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(form);
        assertThat(token.find()).as(form).isTrue();
        HttpResponse<String> loggedIn = browser.send(
                HttpRequest.newBuilder(SERVICE.uri("/console/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("name=key&_csrf=" + token.group(1) + "&key=" + key.secret()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(loggedIn.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/console/stock"));
        assertThat(page(browser, "/console/stock").statusCode()).isEqualTo(200);

        key.revoke();

        await().atMost(SECONDS).untilAsserted(() -> {
            HttpResponse<String> refused = page(browser, "/console/stock");
            assertThat(refused.statusCode()).isEqualTo(302);
            assertThat(refused.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).endsWith("/console/login"));
        });
    }

    private static Command opening(int number) {
        return Command.newBuilder()
                .setTag(number)
                .setOpenLocation(OpenLocation.newBuilder()
                        .setDocumentId("revoked-" + number)
                        .setLocation("revoked-" + number)
                        .setName("Revoked")
                        .setKind(io.stockledger.v1.LocationKind.LOCATION_KIND_SHOP))
                .build();
    }

    private static HttpResponse<Stream<String>> open(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.GET().build(), BodyHandlers.ofLines());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> page(HttpClient browser, String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(SERVICE.uri(path))
                        .header("Accept", "text/html")
                        .GET()
                        .build(),
                BodyHandlers.ofString());
    }

    private static Status.Code code(Throwable failure) {
        assertThat(failure).isInstanceOf(StatusRuntimeException.class);
        return ((StatusRuntimeException) failure).getStatus().getCode();
    }
}
