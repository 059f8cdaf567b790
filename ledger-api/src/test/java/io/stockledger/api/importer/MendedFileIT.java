package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.v1.Fact;
import io.stockledger.v1.FactPage;
import io.stockledger.v1.Freshness;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.ListFactsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A file that is mended, grown, cut or sent elsewhere ends as one good file would, or changes nothing. */
class MendedFileIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    /** 70 stands for the file's own numbers, M for its own items. */
    private static final String GOOD = """
            700001,M1,CUP,5,2011-05-02 09:00:00,2.50,7,UK
            700002,M1,CUP,4,2011-05-02 10:00:00,2.50,8,UK
            700002,M2,POT,3,2011-05-02 10:00:00,9.00,8,UK
            700003,M1,CUP,2,2011-05-02 11:00:00,2.50,9,UK
            C700004,M2,POT,-1,2011-05-02 12:00:00,9.00,8,UK
            C700005,M1,CUP,-1,2011-05-02 13:00:00,2.50,7,UK
            700006,M2,POT,1,2011-05-03 09:00:00,9.00,9,UK
            700007,M1,damaged,-2,2011-05-03 10:00:00,0,,UK
            700008,M3,TIN,6,2011-05-03 11:00:00,1.00,9,UK
            C700009,POST,POSTAGE,-1,2011-05-03 12:00:00,18.00,9,UK
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void anInvoiceWithALineThatCannotBeReadWaitsWholeAndTheMendedFileIsExact() throws Exception {
        String spoilt = GOOD.replace("700002,M1,CUP,4", "700002,M1,CUP,NaN");

        ImportRun first = run(own(spoilt, 71), "mended").endsWith(3);

        assertThat(first.outcomes())
                .isEqualTo(outcomes(Map.of(
                        3,
                        "refused MALFORMED_LINE",
                        4,
                        "waits WAITS_FOR_LINE",
                        6,
                        "waits WAITS_FOR_LINE",
                        8,
                        "waits WAITS_FOR_LINE")));
        assertThat(first.summary().at("/lines/waiting").asInt()).isEqualTo(3);
        assertThat(facts("mended")).noneMatch(fact -> fact.getPayload().contains("710002"));

        run(own(GOOD, 71), "mended").endsWith(0);
        run(own(GOOD, 72), "good-at-once").endsWith(0);

        assertThat(told("mended", 71)).isEqualTo(told("good-at-once", 72)).isNotEmpty();
        assertThat(run(own(GOOD, 71), "mended").endsWith(0).summary().get("repeated"))
                .isEqualTo(run(own(GOOD, 71), "mended").summary().get("documents"));
    }

    @Test
    void aFileMayGrowByAnyNumberOfInvoices() throws Exception {
        run(own(lines(GOOD, 0, 4), 73), "grown").endsWith(0);
        run(own(GOOD, 73), "grown").endsWith(0);
        run(own(GOOD, 74), "whole").endsWith(0);

        assertThat(told("grown", 73)).isEqualTo(told("whole", 74));
    }

    @Test
    void whatDoesNotFitWhatIsInIsRefusedBeforeAnythingIsSent() throws Exception {
        run(own(lines(GOOD, 2, 6), 75), "fits").endsWith(0);
        List<String> before = told("fits", 75);

        assertThat(run(own(lines(GOOD, 6, 10), 75), "fits").endsWith(4).err())
                .contains("Nothing was sent", "holds invoices of another file", "750003");
        assertThat(run(own(GOOD, 75), "fits").endsWith(4).err()).contains("tells otherwise what is in already");
        assertThat(run(own(lines(GOOD, 1, 7), 75), "fits").endsWith(4).err())
                .contains("tells otherwise what is in already", "order:750002");
        assertThat(run(own(lines(GOOD, 2, 6), 75), "elsewhere").endsWith(4).err())
                .contains("booked at another location already", "at 'fits'");
        assertThat(run(own(lines(GOOD, 3, 9), 75), "elsewhere").endsWith(4).err())
                .contains("at 'fits'");
        assertThat(run(own(",M1,CUP,4,2011-05-02 10:00:00,2.50,8,UK\n", 75), "fits")
                        .endsWith(4)
                        .err())
                .contains("line 2: InvoiceNo: ''");

        assertThat(told("fits", 75)).isEqualTo(before);
        assertThat(SERVICE.get("/v1/history?location=elsewhere").status()).isEqualTo(404);
        run(own(lines(GOOD, 2, 7), 75), "fits").endsWith(0);
    }

    @Test
    void aPlaceThatIsNoneOrAReportOverTheDataIsWrongUsage() throws Exception {
        run(own(GOOD, 76), "a b").endsWith(2);
        Path file = Files.writeString(folder.resolve("x.report.csv"), HEADER + GOOD);
        ImportRun.of(file, "x", address(), SERVICE.adminKey()).endsWith(2);
        assertThat(file).hasContent(HEADER + GOOD);
    }

    @Test
    void whatTheLedgerRefusedIsDecidedAnewInTheNextRun() throws Exception {
        String found = "770001,M9,CUP,5,2011-05-02 09:00:00,0,,UK\n";
        String used = "770002,M9,sample,-5,2011-05-03 09:00:00,0,,UK\n";
        run(own(found, 77), "held").endsWith(0);
        Answer reserved = SERVICE.post("/v1/reservations", """
                {"documentId":"import-held","channel":"webshop","location":"held","timeToLive":"PT15M",
                "lines":[{"item":{"sku":"M779"},"quantity":5}]}""");
        assertThat(reserved.status()).as(reserved.body()).isEqualTo(200);

        ImportRun refused = run(own(found + used, 77), "held").endsWith(3);
        assertThat(refused.outcomes()).containsEntry(3, "refused HELD_BY_RESERVATIONS");
        SERVICE.post("/v1/reservations/import-held/release", "{\"documentId\":\"import-let-go\"}");

        assertThat(run(own(found + used, 77), "held").endsWith(0).outcomes()).containsEntry(3, "accepted");
        assertThat(run(own(found + used, 77), "held").endsWith(0).outcomes()).containsEntry(3, "repeated");
    }

    @Test
    void theHistoryOfTheLocationHasAllThatWasBookedThere() throws Exception {
        run(own(GOOD, 78), "told").endsWith(0);

        assertThat(facts("told"))
                .filteredOn(fact -> fact.getStream().equals(fact.getDocument()))
                .extracting(Fact::getDocument)
                .containsExactlyInAnyOrder(
                        "instruction:online-retail-told",
                        "receipt:opening-780001",
                        "receipt:opening-780002",
                        "receipt:opening-780003",
                        "receipt:opening-780007",
                        "receipt:opening-780008",
                        "order:780001",
                        "order:780002",
                        "order:780003",
                        "return:C780004",
                        "return:C780005",
                        "order:780006",
                        "adjustment:780007",
                        "order:780008",
                        "return:C780009");
        JsonNode overRest =
                SERVICE.get("/v1/history?location=told&pageSize=1000").json();
        assertThat(overRest.get("facts")).hasSize(facts("told").size());
        assertThat(facts("told"))
                .filteredOn(fact -> fact.getDocument().equals("return:C780009"))
                .singleElement()
                .satisfies(fact -> assertThat(fact.getPayload()).contains("POST", "-18"));
    }

    private ImportRun run(String text, String location) throws IOException {
        Path file = Files.writeString(folder.resolve("invoices.csv"), HEADER + text);
        return ImportRun.of(file, location, address(), SERVICE.adminKey());
    }

    private static String address() {
        return "127.0.0.1:" + SERVICE.bean(GrpcServer.class).port();
    }

    /** With numbers and items that no other test has. */
    private static String own(String text, int number) {
        return text.replace("70000", number + "000").replace(",M", ",M" + number);
    }

    private static String lines(String text, int from, int to) {
        return String.join("\n", text.lines().toList().subList(from, to)) + "\n";
    }

    private static Map<Integer, String> outcomes(Map<Integer, String> but) {
        Map<Integer, String> all = new TreeMap<>();
        for (int line = 2; line <= 11; line++) {
            all.put(line, but.getOrDefault(line, "accepted"));
        }
        return all;
    }

    /** What was told of a location, whatever the order. */
    private static List<String> told(String location, int number) {
        return facts(location).stream()
                .map(fact -> (fact.getName() + happened(fact) + fact.getPayload())
                        .replace(location, "HERE")
                        .replace("M" + number, "M")
                        .replace(number + "000", "70000"))
                .sorted()
                .toList();
    }

    /** A location is opened when it is imported to; all else when the file says. */
    private static long happened(Fact fact) {
        return fact.getCommand().equals("open-location")
                ? 0
                : fact.getBusinessTime().getSeconds();
    }

    private static List<Fact> facts(String location) {
        HistoryGrpc.HistoryBlockingStub history =
                RunningLedger.as(SERVICE.adminKey(), HistoryGrpc.newBlockingStub(SERVICE.channel()));
        ListFactsRequest.Builder request =
                ListFactsRequest.newBuilder().setLocation(location).setPageSize(1_000);
        long head = history.listFacts(request.build()).getAsOf().getHead();
        List<Fact> facts = new ArrayList<>();
        FactPage page =
                history.listFacts(request.setFreshness(Freshness.newBuilder().setAtLeastPosition(head))
                        .build());
        facts.addAll(page.getFactsList());
        assertThat(page.getNextPageToken()).isEmpty();
        return facts;
    }
}
