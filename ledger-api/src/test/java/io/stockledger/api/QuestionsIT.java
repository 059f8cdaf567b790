package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.BatchAvailability;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.CatalogGrpc;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.Command;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.GetCatalogItemRequest;
import io.stockledger.v1.GetItemRequest;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ItemAvailability;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.ListFactsRequest;
import io.stockledger.v1.ListLocationRequest;
import io.stockledger.v1.LocationAvailability;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.Reply;
import io.stockledger.v1.StockKey;
import io.stockledger.v1.WatchRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions get the same answers on both wires, and see what the caller has written. */
class QuestionsIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final String KEY = SERVICE.adminKey();

    @BeforeAll
    static void an_item_in_a_shop() {
        post(
                "/v1/items",
                "{\"documentId\":\"q-i\",\"sku\":\"q-milk\",\"name\":\"Milk\","
                        + "\"barcodes\":[{\"code\":\"2000000000015\"}]}");
        post("/v1/locations", "{\"documentId\":\"q-l\",\"location\":\"q-shop\",\"name\":\"Q\",\"kind\":\"shop\"}");
    }

    @Test
    void a_caller_reads_its_own_write_on_both_wires() {
        for (int i = 1; i <= 20; i++) {
            long position = receive("q-own-" + i, "q-shop", 1);
            ItemAvailability overRest = rest(
                    "/v1/availability/items/q-milk?wait=PT10S&atLeastPosition=" + position,
                    ItemAvailability.getDefaultInstance());
            ItemAvailability overGrpc = RunningLedger.as(KEY, AvailabilityGrpc.newBlockingStub(SERVICE.channel()))
                    .getAvailability(GetItemRequest.newBuilder()
                            .setBarcode("2000000000015")
                            .setFreshness(Freshness.newBuilder().setAtLeastPosition(position))
                            .build());
            assertThat(overRest.getAsOf().getPosition()).isGreaterThanOrEqualTo(position);
            assertThat(overGrpc.getLevelsList()).isEqualTo(overRest.getLevelsList());
        }
    }

    @Test
    void pages_batches_and_the_catalogue_are_alike_on_both_wires() {
        long position = receive("q-page", "q-shop", 2);
        var stock = RunningLedger.as(KEY, AvailabilityGrpc.newBlockingStub(SERVICE.channel()));
        LocationAvailability page = rest(
                "/v1/availability/locations/q-shop?pageSize=10&channels=web&wait=PT10S&atLeastPosition=" + position,
                LocationAvailability.getDefaultInstance());
        assertThat(page.getLevelsList())
                .isNotEmpty()
                .isEqualTo(stock.listAvailabilityOfLocation(ListLocationRequest.newBuilder()
                                .setLocation("q-shop")
                                .addChannels("web")
                                .build())
                        .getLevelsList());
        Answer batch = SERVICE.post("/v1/availability/query", "{\"keys\":[{\"sku\":\"q-milk\"},{\"sku\":\"none\"}]}");
        assertThat(read(batch, BatchAvailability.getDefaultInstance()).getLevelsList())
                .isEqualTo(stock.queryAvailability(BatchGetRequest.newBuilder()
                                .addKeys(StockKey.newBuilder().setSku("q-milk"))
                                .build())
                        .getLevelsList());
        assertThat(rest("/v1/items/q-milk", CatalogItem.getDefaultInstance()))
                .isEqualTo(RunningLedger.as(KEY, CatalogGrpc.newBlockingStub(SERVICE.channel()))
                        .getItem(GetCatalogItemRequest.newBuilder()
                                .setSku("q-milk")
                                .build()));
    }

    @Test
    void an_items_version_is_the_one_that_a_change_of_it_expects() {
        CatalogGrpc.CatalogBlockingStub catalog = RunningLedger.as(KEY, CatalogGrpc.newBlockingStub(SERVICE.channel()));
        for (int i = 1; i <= 3; i++) {
            Answer registered = SERVICE.post(
                    "/v1/items",
                    "{\"documentId\":\"q-v" + i + "\",\"sku\":\"q-tea\",\"name\":\"Tea " + i + "\",\"expectedVersion\":"
                            + (i - 1) + "}");
            assertThat(registered.status()).as(registered.body()).isEqualTo(200);
            assertThat(registered.json().get("version").asLong()).isEqualTo(i);
            long position = registered.json().get("position").asLong();
            CatalogItem read =
                    rest("/v1/items/q-tea?wait=PT10S&atLeastPosition=" + position, CatalogItem.getDefaultInstance());
            assertThat(read.getVersion()).isEqualTo(i);
            assertThat(catalog.getItem(
                            GetCatalogItemRequest.newBuilder().setSku("q-tea").build()))
                    .isEqualTo(read);
        }
        Answer late = SERVICE.post(
                "/v1/items", "{\"documentId\":\"q-v4\",\"sku\":\"q-tea\",\"name\":\"Tea 4\",\"expectedVersion\":2}");
        assertThat(late.status()).isEqualTo(412);
    }

    @Test
    void a_barcode_with_a_wrong_check_digit_is_refused_unless_it_is_in_house() {
        String item = "{\"documentId\":\"q-own\",\"sku\":\"q-wrap\",\"name\":\"Gift wrapping\",\"barcodes\":["
                + "{\"code\":\"4006381333955\"},{\"code\":\"10000027\"%s}]}";
        Answer wrong = SERVICE.post("/v1/items", item.formatted(""));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("barcodes[1].code", "'10000027' (expected: check digit 1; or inHouse");

        Answer marked = SERVICE.post("/v1/items", item.formatted(",\"inHouse\":true"));
        assertThat(marked.status()).as(marked.body()).isEqualTo(200);
        CatalogItem read = rest(
                "/v1/barcodes/10000027?wait=PT10S&atLeastPosition="
                        + marked.json().get("position").asLong(),
                CatalogItem.getDefaultInstance());
        assertThat(read.getBarcodesList())
                .extracting(barcode -> barcode.getCode() + " " + barcode.getInHouse())
                .containsExactly("4006381333955 false", "10000027 true");
    }

    @Test
    void a_position_that_does_not_come_is_a_timely_error() {
        Instant before = Instant.now();
        Answer late = SERVICE.get("/v1/availability/items/q-milk?wait=PT0.2S&atLeastPosition=999999999");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.json().get("reason").asString()).isEqualTo("VIEW_BEHIND");
        assertThat(late.json().get("values").get("asked").asString()).isEqualTo("999999999");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void facts_are_told_in_order_with_who_when_and_why() {
        long position = receive("q-history", "q-shop", 7);
        String path = "/v1/history?document=receipt:q-history&wait=PT10S&atLeastPosition=" + position;
        FactPage overGrpc = RunningLedger.as(KEY, HistoryGrpc.newBlockingStub(SERVICE.channel()))
                .listFacts(ListFactsRequest.newBuilder()
                        .setDocument("receipt:q-history")
                        .setFreshness(Freshness.newBuilder().setAtLeastPosition(position))
                        .build());
        assertThat(overGrpc.getFactsList())
                .extracting(fact -> fact.getName())
                .hasSize(2)
                .contains("goods-received");
        var facts = SERVICE.get(path).json().get("facts");
        assertThat(facts).hasSize(2);
        assertThat(facts.get(1).get("payload").get("location").asString()).isEqualTo("q-shop");
        assertThat(facts.get(1).get("command").asString()).isEqualTo("receive-goods");
        assertThat(facts.get(1).get("principal").asString()).startsWith("test-");
        assertThat(facts.get(0).get("position").asLong())
                .isLessThan(facts.get(1).get("position").asLong());
    }

    @Test
    void a_snapshot_of_the_erp_is_compared_as_of_its_instant() {
        post("/v1/locations", "{\"documentId\":\"q-d\",\"location\":\"q-drift\",\"name\":\"D\",\"kind\":\"shop\"}");
        receive("q-drift-1", "q-drift", 10);
        String takenAt = Instant.now().toString();
        long position = receive("q-drift-2", "q-drift", 5);
        String csv = "location,sku,quantity\nq-drift,q-milk,8\n";
        Answer uploaded = csv("/v1/drift/snapshots/q-1?takenAt=" + takenAt, csv);
        assertThat(uploaded.status()).as(uploaded.body()).isEqualTo(200);
        assertThat(csv("/v1/drift/snapshots/q-1?takenAt=" + takenAt, csv)
                        .json()
                        .get("repeated")
                        .asBoolean())
                .isTrue();
        assertThat(csv("/v1/drift/snapshots/q-1?takenAt=" + takenAt, csv + "q-drift,other,1\n")
                        .json()
                        .get("reason")
                        .asString())
                .isEqualTo("ID_REUSED");
        assertThat(csv("/v1/drift/snapshots/q-2?takenAt=" + takenAt, "location,sku\nx,y\n")
                        .json()
                        .get("reason")
                        .asString())
                .isEqualTo("UNREADABLE_SNAPSHOT");
        String report = "/v1/drift/snapshots/q-1/report?wait=PT10S&atLeastPosition=" + position;
        var lines = SERVICE.get(report).json().get("lines");
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).get("ledger").asString()).isEqualTo("10");
        assertThat(lines.get(0).get("difference").asString()).isEqualTo("2");
        Answer asCsv = SERVICE.send(
                SERVICE.request(report, KEY).header("Accept", "text/csv").GET().build());
        assertThat(asCsv.contentType()).startsWith("text/csv");
        assertThat(asCsv.body()).contains("q-drift,q-milk");
        assertThat(SERVICE.get("/v1/drift/snapshots/none/report").status()).isEqualTo(404);
    }

    @Test
    void both_streams_push_what_changes() throws Exception {
        Iterator<AvailabilityChange> overGrpc = RunningLedger.as(
                        KEY,
                        AvailabilityGrpc.newBlockingStub(SERVICE.channel()).withDeadlineAfter(60, TimeUnit.SECONDS))
                .watchAvailability(WatchRequest.newBuilder()
                        .addSkus("q-milk")
                        .addLocations("q-watch")
                        .build());
        HttpRequest request = SERVICE.request("/v1/availability/stream?locations=q-watch", KEY)
                .GET()
                .build();
        HttpResponse<java.io.InputStream> events =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader overSse =
                new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(overSse.readLine()).isEqualTo(":watching");
            post("/v1/locations", "{\"documentId\":\"q-w\",\"location\":\"q-watch\",\"name\":\"W\",\"kind\":\"shop\"}");
            receive("q-watch-1", "q-watch", 4);
            String line = overSse.readLine();
            while (!line.startsWith("data:")) {
                line = overSse.readLine();
            }
            AvailabilityChange change = JsonForm.read(
                    line.substring(5).getBytes(StandardCharsets.UTF_8), AvailabilityChange.getDefaultInstance());
            assertThat(change.getLevel().getOnHand()).isEqualTo("4");
            assertThat(overGrpc.next().getLevel()).isEqualTo(change.getLevel());
        }
    }

    @Test
    void who_hangs_up_on_a_stream_ends_it_and_is_no_failure() throws Exception {
        AvailabilityWatches watches = SERVICE.bean(AvailabilityWatches.class);
        double failures = failures();
        HttpRequest request = SERVICE.request("/v1/availability/stream?skus=q-milk", KEY)
                .GET()
                .build();
        HttpResponse<java.io.InputStream> events =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        int watching = watches.watching();
        events.body().close();

        // Without a pause, so that it is a write that notices, and not the server that watches the connection.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofNanos(1))
                .until(() -> {
                    watches.heartbeat();
                    return watches.watching() < watching;
                });
        assertThat(failures()).isEqualTo(failures);
    }

    private static double failures() {
        Counter counter = SERVICE.bean(MeterRegistry.class)
                .find("stockledger.refusals")
                .tag("reason", "INTERNAL")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void a_pipelined_stream_answers_every_command_by_its_tag() throws InterruptedException {
        int commands = 5_000;
        Map<Long, Reply> replies = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(1);
        var stream = RunningLedger.as(KEY, LedgerGrpc.newStub(SERVICE.channel()))
                .execute(new io.grpc.stub.StreamObserver<Reply>() {
                    @Override
                    public void onNext(Reply reply) {
                        replies.put(reply.getTag(), reply);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        done.countDown();
                    }

                    @Override
                    public void onCompleted() {
                        done.countDown();
                    }
                });
        for (int i = 1; i <= commands; i++) {
            Command.Builder command = Command.newBuilder().setTag(i);
            if (i % 100 != 0) {
                command.setReceiveGoods(receipt("q-stream-" + i, "q-shop", 1));
            }
            stream.onNext(command.build());
        }
        stream.onCompleted();
        assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
        assertThat(replies).hasSize(commands);
        assertThat(replies.values().stream().filter(Reply::hasAccepted)).hasSize(commands - commands / 100);
        assertThat(Objects.requireNonNull(replies.get(100L)).getFailed().getReason())
                .isEqualTo("INVALID_COMMAND");
    }

    @Test
    void a_view_is_rebuilt_while_it_answers() {
        long position = receive("q-rebuild", "q-shop", 1);
        assertThat(SERVICE.post("/v1/views/availability/rebuild", "{}").status())
                .isEqualTo(202);
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(SERVICE.get("/v1/availability/items/q-milk").status()).isEqualTo(200);
            var rebuild = SERVICE.get("/v1/views").json().get("views").get(0).get("rebuild");
            assertThat(rebuild.has("endedAt")).isTrue();
            assertThat(rebuild.get("position").asLong()).isGreaterThanOrEqualTo(position);
        });
    }

    private static long receive(String document, String location, int quantity) {
        return RunningLedger.as(KEY, LedgerGrpc.newBlockingStub(SERVICE.channel()))
                .receiveGoods(receipt(document, location, quantity))
                .getPosition();
    }

    private static ReceiveGoods receipt(String document, String location, int quantity) {
        return ReceiveGoods.newBuilder()
                .setDocumentId(document)
                .setLocation(location)
                .setSupplier("dairy")
                .addLines(ReceiptLine.newBuilder()
                        .setItem(ItemRef.newBuilder().setSku("q-milk"))
                        .setQuantity(String.valueOf(quantity)))
                .build();
    }

    private static void post(String path, String json) {
        Answer answer = SERVICE.post(path, json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Answer csv(String path, String csv) {
        return SERVICE.send(SERVICE.request(path, KEY)
                .header("Content-Type", "text/csv")
                .PUT(HttpRequest.BodyPublishers.ofString(csv))
                .build());
    }

    private static <M extends Message> M rest(String path, M empty) {
        return read(SERVICE.get(path), empty);
    }

    private static <M extends Message> M read(Answer answer, M empty) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonForm.read(answer.body().getBytes(StandardCharsets.UTF_8), empty);
    }
}
