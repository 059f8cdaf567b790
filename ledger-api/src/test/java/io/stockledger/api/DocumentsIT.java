package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.Message;
import io.stockledger.api.RunningLedger.Answer;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.v1.CatalogGrpc;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.CatalogItems;
import io.stockledger.v1.CatalogLocation;
import io.stockledger.v1.CatalogLocations;
import io.stockledger.v1.Document;
import io.stockledger.v1.DocumentKind;
import io.stockledger.v1.DocumentLine;
import io.stockledger.v1.DocumentPage;
import io.stockledger.v1.DocumentState;
import io.stockledger.v1.DocumentsGrpc;
import io.stockledger.v1.GetDocumentRequest;
import io.stockledger.v1.ListDocumentsRequest;
import io.stockledger.v1.ListItemsRequest;
import io.stockledger.v1.ListLocationsRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever wrote a document reads it, at once, on both wires, and finds it in lists. */
class DocumentsIT {

    private static final RunningLedger SERVICE = RunningLedger.shared();

    private static final DocumentsGrpc.DocumentsBlockingStub GRPC =
            RunningLedger.as(SERVICE.adminKey(), DocumentsGrpc.newBlockingStub(SERVICE.channel()));

    @BeforeAll
    static void aShopWithTea() {
        post("/v1/locations", "{'documentId':'doc-l','location':'doc-shop','name':'Documents','kind':'shop'}");
        post("/v1/locations", "{'documentId':'doc-l2','location':'doc-store','name':'Docklands','kind':'warehouse'}");
        post(
                "/v1/items",
                "{'documentId':'doc-i','sku':'doc-tea','name':'Document tea','barcodes':[{'code':'doc-box','packSize':6}]}");
        post(
                "/v1/receipts",
                "{'documentId':'doc-r','location':'doc-shop','supplier':'Tea & Co','purchaseOrder':'PO-7','currency':'EUR','lines':[{'item':{'barcode':'doc-box'},'quantity':5,'lot':'L-1','expiry':'2030-01-31','unitCost':'1.25'}]}");
    }

    @Test
    void whatWasWrittenIsReadAtOnceAlikeOnBothWires() {
        for (int i = 0; i < 20; i++) {
            String id = "doc-own-" + i;
            post(
                    "/v1/adjustments",
                    "{'documentId':'" + id
                            + "','location':'doc-shop','reason':'found','note':'behind the shelf','lines':[{'item':{'sku':'doc-tea'},'quantity':1}]}");
            Document read = rest("/v1/adjustments/" + id, Document.getDefaultInstance());
            assertThat(read.getNote()).isEqualTo("behind the shelf");
            assertThat(read.getLinesList())
                    .extracting(DocumentLine::getQuantity)
                    .containsExactly("1");
            assertThat(GRPC.getDocument(
                            GetDocumentRequest.newBuilder().setAdjustmentId(id).build()))
                    .isEqualTo(read);
            assertThat(rest("/v1/documents/adjustment:" + id, Document.getDefaultInstance()))
                    .isEqualTo(read);
        }
    }

    @Test
    void aReceiptTellsWhatCameIn() {
        Document receipt = rest("/v1/receipts/doc-r", Document.getDefaultInstance());
        assertThat(receipt.getState()).isEqualTo(DocumentState.DOCUMENT_STATE_COMPLETED);
        assertThat(receipt.getSupplier()).isEqualTo("Tea & Co");
        assertThat(receipt.getPurchaseOrder()).isEqualTo("PO-7");
        assertThat(receipt.getCurrency()).isEqualTo("EUR");
        assertThat(receipt.getLinesList())
                .containsExactly(DocumentLine.newBuilder()
                        .setSku("doc-tea")
                        .setLocation("doc-shop")
                        .setQuantity("30")
                        .setUnit("piece")
                        .setBarcode("doc-box")
                        .setLot("L-1")
                        .setExpiry("2030-01-31")
                        .setUnitCost("1.25")
                        .build());
    }

    @Test
    void aReservationTellsWhatHasBecomeOfIt() {
        reserve("doc-held", "PT1H");
        Document held = rest("/v1/reservations/doc-held", Document.getDefaultInstance());
        assertThat(held.getState()).isEqualTo(DocumentState.DOCUMENT_STATE_LIVING);
        assertThat(held.getChannel()).isEqualTo("doc-web");
        assertThat(held.hasEndsAt()).isTrue();
        assertThat(held.getVersion()).isEqualTo(1);

        post(
                "/v1/reservations/doc-held/change",
                "{'documentId':'doc-ch','expectedVersion':1,'lines':[{'item':{'sku':'doc-tea'},'quantity':3}]}");
        Document changed = rest("/v1/reservations/doc-held", Document.getDefaultInstance());
        assertThat(changed.getVersion()).isEqualTo(2);
        assertThat(changed.getLinesList()).extracting(DocumentLine::getQuantity).containsExactly("3");

        post("/v1/reservations/doc-held/confirm", "{'documentId':'doc-order','customerReference':'c-8f3a'}");
        Document confirmed = rest("/v1/reservations/doc-held", Document.getDefaultInstance());
        assertThat(confirmed.getState()).isEqualTo(DocumentState.DOCUMENT_STATE_CONFIRMED);
        assertThat(confirmed.getOrderId()).isEqualTo("doc-order");
        Document order = rest("/v1/sales/doc-order", Document.getDefaultInstance());
        assertThat(order.getReservationId()).isEqualTo("doc-held");
        assertThat(order.getCustomerReference()).isEqualTo("c-8f3a");
        assertThat(order.getState()).isEqualTo(DocumentState.DOCUMENT_STATE_COMPLETED);

        reserve("doc-free", "PT1H");
        post("/v1/reservations/doc-free/release", "{'documentId':'doc-rel'}");
        assertThat(rest("/v1/reservations/doc-free", Document.getDefaultInstance())
                        .getState())
                .isEqualTo(DocumentState.DOCUMENT_STATE_RELEASED);
        reserve("doc-short", "PT1S");
        Awaitility.await()
                .untilAsserted(() -> assertThat(rest("/v1/reservations/doc-short", Document.getDefaultInstance())
                                .getState())
                        .isEqualTo(DocumentState.DOCUMENT_STATE_LAPSED));
    }

    @Test
    void anOrderTellsWhatCameBackOfIt() {
        post(
                "/v1/sales",
                "{'documentId':'doc-sale','channel':'doc-pos','location':'doc-shop','register':'till-7','currency':'EUR','occasion':{'device':'till-7','businessTime':'2026-01-05T10:00:00Z','metadata':{'cost-centre':'4200'}},'lines':[{'item':{'sku':'doc-tea'},'quantity':2,'unitPrice':'9.90'},{'item':{'sku':'doc-tea'},'quantity':1,'unitPrice':'4.95'}],'charges':[{'code':'bag','amount':'0.20'}],'tenders':[{'method':'card','amount':'24.95'}]}");
        back("doc-back-1", 1);
        Document part = rest("/v1/sales/doc-sale", Document.getDefaultInstance());
        assertThat(part.getState()).isEqualTo(DocumentState.DOCUMENT_STATE_RETURNED_IN_PART);
        assertThat(part.getMetadataMap()).containsExactly(entry("cost-centre", "4200"));
        assertThat(part.getDevice()).isEqualTo("till-7");
        assertThat(part.getBusinessTime().getSeconds())
                .isEqualTo(Instant.parse("2026-01-05T10:00:00Z").getEpochSecond());
        assertThat(part.getTenders(0).getAmount()).isEqualTo("24.95");
        assertThat(part.getCharges(0).getCode()).isEqualTo("bag");
        assertThat(part.getLinesList()).extracting(DocumentLine::getReturned).containsExactly("1", "");
        back("doc-back-2", 2);
        Document all = rest("/v1/sales/doc-sale", Document.getDefaultInstance());
        assertThat(all.getState()).isEqualTo(DocumentState.DOCUMENT_STATE_RETURNED);
        assertThat(all.getLinesList()).extracting(DocumentLine::getReturned).containsExactly("2", "1");
        assertThat(all.getReturnIdsList()).containsExactly("doc-back-1", "doc-back-2");
        Document back = rest("/v1/returns/doc-back-2", Document.getDefaultInstance());
        assertThat(back.getOrderId()).isEqualTo("doc-sale");
        assertThat(back.getLines(0).getReturnReason()).isEqualTo("too many");
    }

    @Test
    void aRefusedDocumentTellsWhyUntilAnotherTryIsAccepted() {
        String count =
                "{'documentId':'doc-c','tryId':'%s','location':'doc-shop','lines':[{'item':{'sku':'%s'},'quantity':40}]}";
        assertThat(send("/v1/counts", count.formatted("1", "doc-coffee")).status())
                .isEqualTo(404);
        Answer refused = SERVICE.get("/v1/counts/doc-c");
        assertThat(refused.json().path("state").asString()).isEqualTo("refused");
        assertThat(refused.json().at("/refusal/reason").asString()).isEqualTo("UNKNOWN_ITEM");
        assertThat(refused.json().at("/refusal/values/sku").asString()).isEqualTo("doc-coffee");
        assertThat(send("/v1/counts", count.formatted("2", "doc-coffee")).status())
                .isEqualTo(404);
        assertThat(SERVICE.get(listed("states=refused&text=DOC-COFFEE")).body()).containsOnlyOnce("count:doc-c");
        post("/v1/counts", count.formatted("3", "doc-tea"));
        Document accepted = rest("/v1/counts/doc-c", Document.getDefaultInstance());
        assertThat(accepted.getState()).isEqualTo(DocumentState.DOCUMENT_STATE_COMPLETED);
        assertThat(accepted.hasRefusal()).isFalse();
        assertThat(accepted.getRefusedTries()).isEqualTo(2);
        assertThat(names(list("states=refused&text=doc-coffee"))).isEmpty();
        assertThat(names(list("kinds=count&location=doc-shop"))).containsExactly("count:doc-c");
    }

    @Test
    void listsAreNarrowedDownAndReadPageByPage() {
        Instant before = Instant.now();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            post(
                    "/v1/transfers",
                    "{'documentId':'doc-t-" + i
                            + "','fromLocation':'doc-shop','toLocation':'doc-store','occasion':{'device':'doc-van'},'lines':[{'item':{'sku':'doc-tea'},'quantity':1}]}");
            expected.add(0, "transfer:doc-t-" + i);
            post(
                    "/v1/adjustments",
                    "{'documentId':'doc-n-" + i
                            + "','location':'doc-shop','reason':'found','lines':[{'item':{'sku':'doc-tea'},'quantity':1}]}");
        }
        assertThat(names(list("kinds=transfer&location=doc-store"))).isEqualTo(expected);
        assertThat(names(list("device=doc-van"))).isEqualTo(expected);
        assertThat(names(list("kinds=transfer&text=doc-t-"))).isEqualTo(expected);
        assertThat(names(list("kinds=transfer&kinds=count&location=doc-store"))).isEqualTo(expected);
        assertThat(names(list("kinds=transfer&recordedFrom=" + before))).isEqualTo(expected);
        assertThat(names(list("location=doc-store&recordedBefore=" + before))).doesNotContainAnyElementsOf(expected);
        assertThat(names(list("location=doc-store&states=returned"))).isEmpty();
        List<String> paged = new ArrayList<>();
        String token = "";
        do {
            DocumentPage page = GRPC.listDocuments(ListDocumentsRequest.newBuilder()
                    .addKinds(DocumentKind.DOCUMENT_KIND_TRANSFER)
                    .setLocation("doc-store")
                    .setPageSize(5)
                    .setPageToken(token)
                    .build());
            page.getDocumentsList().forEach(document -> paged.add(document.getDocument()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(expected);
    }

    @Test
    void itemsAndLocationsAreListed() {
        var catalog = RunningLedger.as(SERVICE.adminKey(), CatalogGrpc.newBlockingStub(SERVICE.channel()));
        CatalogItems items = rest("/v1/items?text=DOCUMENT%20TEA", CatalogItems.getDefaultInstance());
        assertThat(items.getItemsList()).extracting(CatalogItem::getSku).containsExactly("doc-tea");
        assertThat(items.getNextPageToken()).isEmpty();
        assertThat(catalog.listItems(
                        ListItemsRequest.newBuilder().setText("document tea").build()))
                .isEqualTo(items);
        CatalogLocations first = rest("/v1/locations?text=DOC&pageSize=1", CatalogLocations.getDefaultInstance());
        CatalogLocations second = catalog.listLocations(ListLocationsRequest.newBuilder()
                .setText("doc")
                .setPageSize(1)
                .setPageToken(first.getNextPageToken())
                .build());
        assertThat(first.getLocationsList())
                .extracting(CatalogLocation::getLocation)
                .containsExactly("doc-shop");
        assertThat(second.getLocationsList())
                .extracting(CatalogLocation::getLocation)
                .containsExactly("doc-store");
        assertThat(rest("/v1/locations/doc-store", CatalogLocation.getDefaultInstance()))
                .isEqualTo(second.getLocations(0));
        assertThat(rest("/v1/barcodes/doc-box", CatalogItem.getDefaultInstance()))
                .isEqualTo(items.getItems(0));
    }

    @Test
    void whatTheCallerHasAlreadyIsNotSentAgain() {
        Answer first = SERVICE.get("/v1/items/doc-tea");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        Answer again = known("/v1/items/doc-tea", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(known("/v1/items/doc-tea", "\"other\", W/" + tag).status()).isEqualTo(304);
        assertThat(known("/v1/items/doc-tea", "*").status()).isEqualTo(304);
        assertThat(known("/v1/items/doc-tea", "\"a,*,b\"").status()).isEqualTo(200);
        assertThat(known("/v1/items/doc-tea", "\"other\"").body()).isEqualTo(first.body());
        assertThat(SERVICE.get("/v1/history?document=receipt:doc-r").headers().firstValue("ETag"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/receipts/doc-none,404,NOT_FOUND",
        "/v1/documents/receipt:doc-none,404,NOT_FOUND",
        "/v1/documents/doc-r,422,INVALID_COMMAND",
        "/v1/documents?kinds=letter,400,MALFORMED_REQUEST",
        "/v1/documents?states=lost,400,MALFORMED_REQUEST",
        "/v1/documents?recordedFrom=yesterday,400,MALFORMED_REQUEST",
        "/v1/documents?recordedFrom=2026-02-01T00:00:00Z&recordedBefore=2026-01-01T00:00:00Z,422,INVALID_COMMAND",
        "/v1/documents?text=%20x,422,INVALID_COMMAND",
        "/v1/documents?pageToken=AA,422,INVALID_COMMAND",
        "/v1/locations/doc-nowhere,404,UNKNOWN_LOCATION",
        "/v1/documents?location=doc-nowhere,404,UNKNOWN_LOCATION",
        "/v1/history?names=stock-mooved,422,INVALID_COMMAND",
    })
    void whatIsNotThereOrCannotBeAskedIsAProblem(String path, int status, String reason) {
        Answer answer = SERVICE.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().get("reason").asString()).isEqualTo(reason);
    }

    private static void reserve(String id, String timeToLive) {
        post(
                "/v1/reservations",
                "{'documentId':'" + id + "','channel':'doc-web','location':'doc-shop','timeToLive':'" + timeToLive
                        + "','lines':[{'item':{'sku':'doc-tea'},'quantity':2}]}");
    }

    private static void back(String id, int quantity) {
        post(
                "/v1/returns",
                "{'documentId':'" + id
                        + "','channel':'doc-pos','location':'doc-shop','orderId':'doc-sale','lines':[{'item':{'sku':'doc-tea'},'quantity':"
                        + quantity + ",'reason':'too many','disposition':'sellable'}]}");
    }

    private static DocumentPage list(String question) {
        return rest(listed(question), DocumentPage.getDefaultInstance());
    }

    /** The question as of now. */
    private static String listed(String question) {
        long position = post(
                "/v1/adjustments",
                "{'documentId':'doc-" + System.nanoTime()
                        + "','location':'doc-shop','reason':'found','lines':[{'item':{'sku':'doc-tea'},'quantity':1}]}");
        return "/v1/documents?" + question + "&pageSize=1000&wait=PT20S&atLeastPosition=" + position;
    }

    private static List<String> names(DocumentPage page) {
        return page.getDocumentsList().stream().map(Document::getDocument).toList();
    }

    private static Answer known(String path, String tags) {
        return SERVICE.send(SERVICE.request(path, SERVICE.adminKey())
                .header("If-None-Match", tags)
                .GET()
                .build());
    }

    private static Answer send(String path, String json) {
        return SERVICE.post(path, json.replace('\'', '"'));
    }

    private static long post(String path, String json) {
        Answer answer = send(path, json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("position").asLong();
    }

    private static <M extends Message> M rest(String path, M empty) {
        Answer answer = SERVICE.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonForm.read(answer.body().getBytes(StandardCharsets.UTF_8), empty);
    }
}
