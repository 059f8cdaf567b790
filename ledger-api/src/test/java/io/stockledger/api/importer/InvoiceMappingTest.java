package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.importer.Document.Kind;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.SaleLine;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvoiceMappingTest {

    private static final LocalDateTime SUMMER = LocalDateTime.of(2011, 6, 1, 12, 0);

    private final InvoiceMapping mapping = new InvoiceMapping("shop", new SoldGoods());
    private int lines = 1;

    @Test
    void aSaleKeepsEachLineAsItStands() {
        InvoiceLine line = line("536365", "85123A", 6, "2.55", "17850");
        RecordSale sale = sale(only(line, line, line("536365", "85123A", 1, "0", "17850")));

        assertThat(sale.getDocumentId()).isEqualTo("536365");
        assertThat(sale.getLinesList()).extracting(SaleLine::getQuantity).containsExactly("6", "6", "1");
        assertThat(sale.getLinesList()).extracting(SaleLine::getUnitPrice).containsExactly("2.55", "2.55", "0");
        assertThat(sale.getCurrency()).isEqualTo("GBP");
        assertThat(sale.getCustomerReference()).isEqualTo("17850");
    }

    @Test
    void theShopsSummerTimeIsAnHourAheadOfTheInstant() {
        RecordSale sale = sale(only(line("536365", "85123A", 6, "2.55", "17850")));

        assertThat(sale.getOccasion().getBusinessTime().getSeconds())
                .isEqualTo(java.time.Instant.parse("2011-06-01T11:00:00Z").getEpochSecond());
    }

    @Test
    void postageFeesAndVouchersAreMoneyAlone() {
        RecordSale sale = sale(only(
                line("1", "POST", 2, "18.00", "1"),
                line("1", "BANK CHARGES", 1, "15", "1"),
                line("1", "GIFT_0001_20", -1, "17.02", "1"),
                line("1", "DCGSSBOY", 1, "3.29", "1")));

        assertThat(sale.getChargesList())
                .extracting(charge -> charge.getCode() + " " + charge.getAmount())
                .containsExactly("POST 36.00", "BANK CHARGES 15", "GIFT_0001_20 -17.02");
        assertThat(sale.getLinesList())
                .extracting(sold -> sold.getItem().getSku())
                .containsExactly("DCGSSBOY");
    }

    @Test
    void aCancelledChargeWithoutGoodsIsARefundOfMoneyAlone() {
        List<Document> documents = only(line("C9", "M", -1, "5.50", "1"), line("C9", "GIFT_0001_20", -1, "20", "1"));
        ProcessReturn refund = documents.get(0).command().getProcessReturn();

        assertThat(documents.get(0).name()).isEqualTo("return:C9");
        assertThat(refund.getLinesList()).isEmpty();
        assertThat(refund.getOrderId()).isEmpty();
        assertThat(refund.getChargesList())
                .extracting(charge -> charge.getCode() + " " + charge.getAmount())
                .containsExactly("M -5.50", "GIFT_0001_20 -20");
    }

    @Test
    void moreChargesThanOneReturnHoldsAreSeveralRefunds() {
        InvoiceLine[] many = IntStream.range(0, 1_001)
                .mapToObj(i -> line("C9", "M", -1, "1", "7"))
                .toArray(InvoiceLine[]::new);

        assertThat(documents(many)).extracting(Document::name).containsExactly("return:C9", "return:C9-2");
    }

    @Test
    void textIsSentAsTheLedgerTakesIt() {
        String nobodySees = "cafe\u0301\u00a0\u200bwet\u0000\u202e " + "x".repeat(489) + "\ud83c\udf77";

        assertThat(documents(free("5", "A", -3, nobodySees))
                        .get(0)
                        .command()
                        .getAdjustStock()
                        .getNote())
                .isEqualTo("caf\u00e9 wet  " + "x".repeat(489));
        assertThat(FreeText.name("Red wine \ud83c\udf77\n")).isEqualTo("Red wine \ud83c\udf77");
    }

    @Test
    void aReturnGoesBackToTheLatestSalesThatHaveTheGoodsAndTheRestIsBlind() {
        documents(line("1", "A", 10, "1", "7"));
        documents(line("2", "A", 3, "1", "7"), line("2", "A", 2, "1", "7"));
        documents(line("3", "A", 50, "1", "8"));

        List<Document> returned = documents(line("C4", "A", -20, "1", "7"), line("C4", "POST", -1, "9", "7"));

        assertThat(returned).extracting(Document::name).containsExactly("return:C4", "return:C4-2", "return:C4-3");
        assertThat(returned)
                .extracting(document -> {
                    ProcessReturn back = document.command().getProcessReturn();
                    return back.getOrderId() + ":" + back.getLines(0).getQuantity();
                })
                .containsExactly("2:5", "1:10", ":5");
        assertThat(returned.get(0).ordering().needs()).containsExactly("order:2");
        assertThat(returned.get(0).command().getProcessReturn().getCharges(0).getAmount())
                .isEqualTo("-9");
        assertThat(returned.get(1).command().getProcessReturn().getChargesList())
                .isEmpty();
    }

    @Test
    void aMistakeThatIsUndoneAtOnceFindsItsSale() {
        documents(line("541431", "23166", 74_215, "1.04", "12346"));

        ProcessReturn back = documents(line("C541433", "23166", -74_215, "1.04", "12346"))
                .get(0)
                .command()
                .getProcessReturn();

        assertThat(back.getOrderId()).isEqualTo("541431");
        assertThat(back.getLines(0).getQuantity()).isEqualTo("74215");
    }

    @Test
    void aReturnOfAnUnknownCustomerIsBlind() {
        documents(line("1", "A", 10, "1", ""));

        assertThat(documents(line("C2", "A", -10, "1", ""))
                        .get(0)
                        .command()
                        .getProcessReturn()
                        .getOrderId())
                .isEmpty();
    }

    @Test
    void freeLinesWithoutACustomerAreAdjustmentsWithTheirText() {
        List<Document> documents = documents(
                free("5", "A", -3, "thrown away-rusty"),
                free("5", "B1", -1, "thrown away-rusty"),
                free("5", "A", -9, "lost"),
                free("5", "A", 4, ""));

        assertThat(documents).extracting(Document::kind).containsOnly(Kind.STOCK_ADJUSTED);
        assertThat(documents)
                .extracting(Document::name)
                .containsExactly("adjustment:5", "adjustment:5-2", "adjustment:5-3");
        assertThat(documents)
                .extracting(document -> document.command().getAdjustStock().getReason())
                .containsExactly(
                        AdjustmentReason.ADJUSTMENT_REASON_DAMAGED,
                        AdjustmentReason.ADJUSTMENT_REASON_LOST,
                        AdjustmentReason.ADJUSTMENT_REASON_FOUND);
        assertThat(documents.get(0).command().getAdjustStock().getNote()).isEqualTo("thrown away-rusty");
        assertThat(documents.get(0).ordering().needs()).containsExactlyInAnyOrder("sku:A", "sku:B1");
        assertThat(documents.get(2).ordering().needs()).isEmpty();
    }

    @Test
    void bookkeepingMakesNoDocument() {
        assertThat(documents(line("A563185", "B", 1, "11062.06", ""), line("563187", "B", 1, "-11062.06", "")))
                .isEmpty();
    }

    @Test
    void anInvoiceOfMoreLinesThanOneCommandTakesIsSplitTheSameWayEveryTime() {
        InvoiceLine[] many = IntStream.range(0, 2_100)
                .mapToObj(i -> line("573585", "S" + i, 1, "1", "7"))
                .toArray(InvoiceLine[]::new);

        List<Document> documents = documents(many);

        assertThat(documents)
                .extracting(Document::name)
                .containsExactly("order:573585", "order:573585-2", "order:573585-3");
        assertThat(documents)
                .extracting(document -> document.command().getRecordSale().getLinesCount())
                .containsExactly(1_000, 1_000, 100);
        assertThat(documents(line("C9", "S2050", -1, "1", "7"))
                        .get(0)
                        .command()
                        .getProcessReturn()
                        .getOrderId())
                .isEqualTo("573585-3");
    }

    private List<Document> only(InvoiceLine... invoice) {
        List<Document> documents = documents(invoice);
        assertThat(documents).hasSize(1);
        return documents;
    }

    private List<Document> documents(InvoiceLine... invoice) {
        return mapping.documents(new Invoice(invoice[0].invoice(), new ArrayList<>(List.of(invoice)), List.of()), 0);
    }

    private static RecordSale sale(List<Document> documents) {
        return documents.get(0).command().getRecordSale();
    }

    private InvoiceLine line(String invoice, String code, long quantity, String price, String customer) {
        return new InvoiceLine(lines++, invoice, code, "TEXT", quantity, SUMMER, new BigDecimal(price), customer);
    }

    private InvoiceLine free(String invoice, String code, long quantity, String text) {
        return new InvoiceLine(lines++, invoice, code, text, quantity, SUMMER, BigDecimal.ZERO, "");
    }
}
