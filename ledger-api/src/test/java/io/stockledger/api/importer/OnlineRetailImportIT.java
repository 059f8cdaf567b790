package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.InsecureChannelCredentials;
import io.stockledger.api.StockledgerApplication;
import io.stockledger.api.client.Connection;
import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.Level;
import io.stockledger.v1.ListLocationRequest;
import io.stockledger.v1.LocationAvailability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Imports into the real service on its own PostgreSQL. The suite takes the real file's first lines; {@code
 * -Dimport.lines=all} takes them all.
 */
class OnlineRetailImportIT {

    private static final String REAL_FILE = "online-retail-2010-12-to-2011-06.csv.gz";
    private static final int LINES_IN_SUITE = 20_000;
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static ConfigurableApplicationContext service;
    private static String address;
    private static String apiKey;

    @BeforeAll
    static void startTheService() {
        service = new SpringApplicationBuilder(StockledgerApplication.class)
                .run(
                        "--stockledger.data=" + folder.resolve("data"),
                        "--stockledger.admin-key-file=" + folder.resolve("admin.key"),
                        "--stockledger.rest-port=0",
                        "--stockledger.grpc-port=0");
        address = "127.0.0.1:" + service.getBean(GrpcServer.class).port();
        apiKey = service.getBean(ApiKeys.class)
                .create("import-test", List.of("admin"), List.of())
                .secret();
    }

    @AfterAll
    static void stopTheService() {
        service.close();
    }

    @Test
    void realInvoicesEndAsFactsWhoseStockEqualsAFoldOfTheFileAndASecondRunChangesNothing() throws Exception {
        Path file = realLines();
        InvoiceFold fold = InvoiceFold.of(file);

        ImportRun firstRun = run(file, "real", 0);
        JsonNode first = firstRun.summary();
        LocationAvailability after = stock("real", first.get("position").asLong());

        assertThat(first.get("linesRead").asInt()).isEqualTo(fold.lines());
        assertThat(first.at("/lines/facts").asInt()).isEqualTo(fold.lines() - fold.bookkeepingLines());
        assertThat(first.at("/lines/refused").asInt()).isEqualTo(fold.bookkeepingLines());
        assertThat(first.get("shortfalls").asInt()).isZero();
        assertThat(firstRun.reportedLines())
                .isEqualTo(IntStream.rangeClosed(2, fold.lines() + 1).boxed().toList());
        assertThat(sellable(after)).isEqualTo(fold.stock());

        JsonNode second = run(file, "real", 0).summary();
        LocationAvailability again = stock("real", second.get("position").asLong());

        assertThat(second.get("repeated")).isEqualTo(first.get("documents"));
        assertThat(second.get("facts")).isEqualTo(first.get("facts"));
        assertThat(again.getAsOf().getHead()).isEqualTo(after.getAsOf().getHead());
        assertThat(sellable(again)).isEqualTo(sellable(after));
    }

    @Test
    void whateverALineIsItEndsAsAFactOrAsARefusalWithItsReason() throws Exception {
        String many = IntStream.range(0, 1_200)
                .mapToObj(i -> "900008,m" + i + ",ITEM " + i + ",1,2011-12-02 09:00:00,1.25,77,UK\n")
                .collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve("bites.csv"), HEADER + """
                900001,15056bl,EDWARDIAN PARASOL,80995,2011-12-01 09:00:00,2.08,16446,UK
                C900002,15056BL ,EDWARDIAN PARASOL,-80995,2011-12-01 09:12:00,2.08,16446,UK
                900003,15056BL,EDWARDIAN PARASOL,2,2011-12-01 10:00:00,0,12345,UK
                900003,15056BL,EDWARDIAN PARASOL,2,2011-12-01 10:00:00,0,12345,UK
                900003,POST,POSTAGE,1,2011-12-01 10:01:00,18.00,12345,UK
                C900004,CRUK,CRUK Commission,-1,2011-12-01 11:00:00,1.60,,UK
                C900005,22423,CAKESTAND,-4,2011-12-01 11:00:00,12.75,,UK
                A563185,B,Adjust bad debt,1,2011-12-01 12:00:00,11062.06,,UK
                A563186,B,Adjust bad debt,1,2011-12-01 12:00:00,-11062.06,,UK
                900006,22423,,-5,2011-12-01 13:00:00,0,,UK
                900007,22423,wrongly coded,7,2011-12-01 13:00:00,0,,UK
                900009,gift_0001_10,Voucher,1,2011-12-01 13:00:00,8.33,,UK
                900010,22423,"never closed,1,2011-12-01 14:00:00,12.75,1,UK
                900011,22423,CAKESTAND,many,2011-12-01 14:00:00,12.75,1,UK

                900012,PADS,PADS TO MATCH ALL CUSHIONS,1,2011-12-01 15:00:00,0.001,1,UK
                """ + many);

        ImportRun firstRun = run(file, "bites", 3);
        JsonNode first = firstRun.summary();

        assertThat(first.get("linesRead").asInt()).isEqualTo(1_216);
        assertThat(first.get("refusals")).isEqualTo(JsonMapper.shared().readTree("""
                {"BOOKKEEPING": 2, "MALFORMED_LINE": 3}"""));
        assertThat(first.at("/lines/facts").asInt()).isEqualTo(1_211);
        assertThat(first.get("returns")).isEqualTo(JsonMapper.shared().readTree("""
                {"matched": 1, "blind": 1}"""));
        assertThat(firstRun.reportedLines())
                .isEqualTo(IntStream.rangeClosed(2, 1_217).boxed().toList());
        Map<String, String> stock =
                sellable(stock("bites", first.get("position").asLong()));
        assertThat(stock).containsEntry("15056BL", "80991").containsEntry("22423", "7");
        assertThat(run(file, "bites", 3).summary().get("repeated")).isEqualTo(first.get("documents"));
    }

    @Test
    void aWrongKeyOrAWrongFileStopsItWithAReason() throws Exception {
        Path file =
                Files.writeString(folder.resolve("one.csv"), HEADER + "920001,G1,THING,5,2011-12-01 09:00:00,1,9,UK\n");

        assertThat(ImportRun.of(file, "stopped", address, "slk_wrong")
                        .endsWith(1)
                        .err())
                .contains("bearer token");
        assertThat(ImportRun.of(folder.resolve("missing.csv"), "stopped", address, apiKey)
                        .endsWith(4)
                        .err())
                .contains("missing.csv");
    }

    private static ImportRun run(Path file, String location, int expectedExit) {
        return ImportRun.of(file, location, address, apiKey).endsWith(expectedExit);
    }

    private static LocationAvailability stock(String location, long position) throws InterruptedException {
        try (Connection connection = Connection.to(address, apiKey, InsecureChannelCredentials.create())) {
            AvailabilityGrpc.AvailabilityBlockingStub availability =
                    AvailabilityGrpc.newBlockingStub(connection.channel());
            LocationAvailability.Builder all = LocationAvailability.newBuilder();
            String page = "";
            do {
                LocationAvailability answer = availability.listAvailabilityOfLocation(ListLocationRequest.newBuilder()
                        .setLocation(location)
                        .setPageSize(1_000)
                        .setPageToken(page)
                        .setFreshness(Freshness.newBuilder()
                                .setAtLeastPosition(position)
                                .setWait(com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(Duration.ofSeconds(30).toSeconds())))
                        .build());
                all.addAllLevels(answer.getLevelsList()).setAsOf(answer.getAsOf());
                page = answer.getNextPageToken();
            } while (!page.isEmpty());
            return all.build();
        }
    }

    private static Map<String, String> sellable(LocationAvailability stock) {
        Map<String, String> sellable = new TreeMap<>();
        for (Level level : stock.getLevelsList()) {
            sellable.put(level.getSku(), level.getSellable());
        }
        return sellable;
    }

    private static Path realLines() throws IOException {
        String data = System.getenv("LEDGER_DATA");
        if (data == null) {
            System.err.println("SKIPPED: the import of real invoices; LEDGER_DATA names no folder with " + REAL_FILE);
        }
        assumeTrue(data != null, "LEDGER_DATA is not set");
        Path whole = Path.of(String.valueOf(data), REAL_FILE);
        if ("all".equals(System.getProperty("import.lines"))) {
            return whole;
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(whole)), StandardCharsets.UTF_8))) {
            return Files.write(
                    folder.resolve("real.csv"),
                    lines.lines().limit(LINES_IN_SUITE + 1L).toList());
        }
    }
}
