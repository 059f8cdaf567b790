package io.stockledger.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.gate.FactFollowing;
import io.stockledger.v1.FactsRead;
import io.stockledger.v1.FollowFactsRequest;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ReadFactsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Facts behind a position, for who was away and for who stays. */
class FactsAreReadIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RunningLedger service = RunningLedger.shared();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoever_goes_on_from_next_misses_none_while_more_come() {
        CompletableFuture<Long> telling = CompletableFuture.supplyAsync(() -> open("page", 60));
        List<Long> seen = new ArrayList<>();
        long next = 0;
        long head = -1;
        while (!telling.isDone() || next < Math.max(head, telling.join())) {
            JsonNode page = service.get("/v1/facts?after=" + next + "&pageSize=7&wait=PT1S")
                    .json();
            page.path("facts").forEach(fact -> seen.add(fact.path("position").asLong()));
            next = page.path("next").asLong();
            head = page.path("head").asLong();
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, next).boxed().toList());
    }

    @Test
    void an_answer_that_waits_comes_with_the_first_fact_that_is_wanted() {
        long at = open("before", 1);
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(
                () -> service.get("/v1/facts?after=" + at + "&names=item-registered&wait=PT30S"));
        open("unwanted", 3);
        assertThat(asked).isNotDone();
        Answer registered =
                service.post("/v1/items", "{\"documentId\":\"%1$s\",\"sku\":\"%1$s\",\"name\":\"I\"}".formatted(run));
        JsonNode page = asked.join().json();
        assertThat(page.path("facts")).hasSize(1);
        assertThat(page.at("/facts/0/payload/sku").asString()).isEqualTo(run);
        assertThat(page.path("next").asLong())
                .isGreaterThanOrEqualTo(registered.json().path("position").asLong());
    }

    @Test
    void an_answer_that_waited_in_vain_says_how_far_it_looked() {
        long at = open("vain", 1);
        await().atMost(LONG).untilAsserted(() -> {
            JsonNode page = service.get(
                            "/v1/facts?after=0&names=reservation-changed&locations=nowhere-" + run + "&wait=PT0.05S")
                    .json();
            assertThat(page.path("facts")).isEmpty();
            assertThat(page.path("next").asLong()).isGreaterThanOrEqualTo(at);
        });
    }

    @Test
    void both_wires_read_the_same() {
        open("same", 2);
        HistoryGrpc.HistoryBlockingStub history =
                RunningLedger.as(service.adminKey(), HistoryGrpc.newBlockingStub(service.channel()));
        FactsRead page =
                history.readFacts(ReadFactsRequest.newBuilder().setPageSize(5).build());
        JsonNode same = service.get("/v1/facts?pageSize=5").json();
        assertThat(page.getFactsList()).hasSize(5);
        assertThat(page.getNext()).isEqualTo(same.path("next").asLong());
        assertThat(page.getFacts(4).getPayload())
                .isEqualTo(same.at("/facts/4/payload").toString());
    }

    @Test
    void who_follows_gets_each_fact_once_and_none_faster_than_it_reads() {
        long before = open("followed", 300);
        Following following = new Following();
        HistoryGrpc.HistoryStub history = RunningLedger.as(service.adminKey(), HistoryGrpc.newStub(service.channel()));
        history.followFacts(FollowFactsRequest.getDefaultInstance(), following);
        following.read(1);
        await().atMost(LONG).until(() -> following.positions().size() == 100);
        long last = open("later", 5);
        following.read(1_000_000);
        await().atMost(LONG).until(() -> following.last() >= last);
        assertThat(following.positions())
                .isEqualTo(LongStream.rangeClosed(1, following.last()).boxed().toList());
        assertThat(last).isGreaterThan(before);
        int open = service.bean(FactFollowing.class).following();
        following.hangUp();
        await().atMost(LONG).until(() -> service.bean(FactFollowing.class).following() < open);
    }

    @Test
    void who_follows_needs_the_permission_and_its_own_locations() {
        for (String key :
                List.of(service.key(List.of("pos"), List.of()), service.key(List.of("admin"), List.of("x")))) {
            HistoryGrpc.HistoryBlockingStub history =
                    RunningLedger.as(key, HistoryGrpc.newBlockingStub(service.channel()));
            assertThatThrownBy(() -> history.followFacts(FollowFactsRequest.newBuilder()
                                    .addLocations("y")
                                    .build())
                            .next())
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            refused ->
                                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
        }
    }

    /** @return the position of the last */
    private long open(String name, int locations) {
        long position = 0;
        for (int i = 0; i < locations; i++) {
            Answer opened = service.post(
                    "/v1/locations",
                    "{\"documentId\":\"%1$s\",\"location\":\"%1$s\",\"name\":\"L\",\"kind\":\"shop\"}"
                            .formatted(name + "-" + i + "-" + run));
            position = opened.json().path("position").asLong();
        }
        return position;
    }

    /** Reads as many answers as it is told. */
    private static final class Following implements ClientResponseObserver<FollowFactsRequest, FactsRead> {

        private final List<Long> positions = new CopyOnWriteArrayList<>();
        private @Nullable ClientCallStreamObserver<FollowFactsRequest> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<FollowFactsRequest> started) {
            call = started;
            started.disableAutoRequestWithInitial(0);
        }

        void read(int answers) {
            Objects.requireNonNull(call).request(answers);
        }

        void hangUp() {
            Objects.requireNonNull(call).cancel("enough", null);
        }

        List<Long> positions() {
            return List.copyOf(positions);
        }

        long last() {
            return positions.isEmpty() ? 0 : positions.get(positions.size() - 1);
        }

        @Override
        public void onNext(FactsRead facts) {
            facts.getFactsList().forEach(fact -> positions.add(fact.getPosition()));
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
