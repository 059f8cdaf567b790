package io.stockledger.api.demo;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.stockledger.api.client.CommandPipeline;
import io.stockledger.api.client.Connection;
import io.stockledger.api.client.LedgerUnreachable;
import io.stockledger.api.client.Ordering;
import io.stockledger.api.client.Progress;
import io.stockledger.api.client.Verdict;
import io.stockledger.v1.Barcode;
import io.stockledger.v1.Command;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ListFactsRequest;
import io.stockledger.v1.LocationKind;
import io.stockledger.v1.Occasion;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.RegisterItem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends the made-up week to a ledger. Sending it again changes nothing. */
final class Demo {

    private static final int MOST_UNDER_WAY = 256;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration UPLOAD_WITHIN = Duration.ofSeconds(60);
    private static final String FIRST_DOCUMENT = "demo-location-" + Place.WAREHOUSE.code();

    private final Connection connection;
    private final URI rest;
    private final @Nullable String apiKey;
    private final Progress progress;
    private final SortedMap<String, Integer> refusals = new TreeMap<>();
    private int documents;
    private int repeated;

    /**
     * @param documents how many commands were sent
     * @param repeated how many of them the ledger had before
     * @param refusals by reason; the demo wants some
     * @param snapshot the id of the ERP's snapshot
     */
    record Result(Week week, int documents, int repeated, SortedMap<String, Integer> refusals, String snapshot) {}

    Demo(Connection connection, URI rest, @Nullable String apiKey, Progress progress) {
        this.connection = connection;
        this.rest = rest;
        this.apiKey = apiKey;
        this.progress = progress;
    }

    /**
     * The week that this ledger's demo plays in: that of the first run, else the last full one.
     *
     * @param now the present
     */
    Week week(Instant now) {
        try {
            FactPage page = HistoryGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .listFacts(ListFactsRequest.newBuilder()
                            .setDocument("instruction:" + FIRST_DOCUMENT)
                            .setPageSize(1)
                            .build());
            if (page.getFactsCount() > 0) {
                return Week.of(
                        Instant.ofEpochSecond(page.getFacts(0).getBusinessTime().getSeconds()));
            }
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
                throw new LedgerUnreachable("The ledger does not tell its history: " + e.getStatus());
            }
        }
        return Week.lastBefore(now);
    }

    /**
     * @throws LedgerUnreachable when the ledger takes no commands; the demo may be started again
     * @throws IOException when the snapshot cannot be uploaded
     */
    Result run(Week week, long seed) throws IOException, InterruptedException {
        Story story = new Story(week, seed);
        try (CommandPipeline pipeline = new CommandPipeline(connection, MOST_UNDER_WAY, PATIENCE)) {
            progress.begin(
                    "items", (long) Place.values().length + story.assortment().size(), "documents");
            for (Place place : Place.values()) {
                send(pipeline, new Scene(open(place, week), Ordering.NONE));
            }
            for (Goods goods : story.assortment()) {
                send(pipeline, new Scene(register(goods), Ordering.NONE));
            }
            pipeline.settle();
            progress.end();
            progress.begin("week " + week, story.scenes().size(), "documents");
            for (Scene scene : story.scenes()) {
                send(pipeline, scene);
            }
            pipeline.settle();
            progress.end();
        }
        String snapshot = story.name();
        upload(snapshot, week.at(6, Story.DUSK), ErpSnapshot.csv(story, seed));
        synchronized (this) {
            return new Result(week, documents, repeated, new TreeMap<>(refusals), snapshot);
        }
    }

    private void send(CommandPipeline pipeline, Scene scene) throws InterruptedException {
        pipeline.send(scene.command(), scene.ordering(), this::settled);
    }

    private synchronized void settled(Verdict verdict) {
        documents++;
        if (verdict instanceof Verdict.Taken taken && taken.answer().getRepeated()) {
            repeated++;
        } else if (verdict instanceof Verdict.Refused refused) {
            refusals.merge(refused.reason(), 1, Integer::sum);
        }
        progress.add(1);
    }

    private static Command.Builder open(Place place, Week week) {
        return Command.newBuilder()
                .setOpenLocation(OpenLocation.newBuilder()
                        .setDocumentId("demo-location-" + place.code())
                        .setOccasion(Occasion.newBuilder()
                                .setBusinessTime(Timestamp.newBuilder()
                                        .setSeconds(week.at(0, 0).getEpochSecond())))
                        .setLocation(place.code())
                        .setName(place.title())
                        .setKind(
                                place == Place.WAREHOUSE
                                        ? LocationKind.LOCATION_KIND_WAREHOUSE
                                        : LocationKind.LOCATION_KIND_SHOP));
    }

    private static Command.Builder register(Goods goods) {
        RegisterItem.Builder item = RegisterItem.newBuilder()
                .setDocumentId("demo-item-" + goods.sku())
                .setSku(goods.sku())
                .setName(goods.name())
                .setUnit(goods.unit())
                .addBarcodes(Barcode.newBuilder().setCode(goods.barcode()));
        if (!goods.caseBarcode().isEmpty()) {
            item.addBarcodes(Barcode.newBuilder()
                    .setCode(goods.caseBarcode())
                    .setPackSize(Integer.toString(Goods.PIECES_PER_CASE)));
        }
        return Command.newBuilder().setRegisterItem(item);
    }

    private void upload(String id, Instant takenAt, String csv) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        rest.resolve("/v1/drift/snapshots/" + id + "?takenAt=" + takenAt))
                .timeout(UPLOAD_WITHIN)
                .header("Content-Type", "text/csv")
                .PUT(HttpRequest.BodyPublishers.ofString(csv));
        Optional.ofNullable(apiKey).ifPresent(key -> request.header("Authorization", "Bearer " + key));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("The ERP's snapshot was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }
}
