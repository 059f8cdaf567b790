package io.stockledger.api.importer;

import static java.util.stream.Collectors.toCollection;

import com.google.protobuf.Timestamp;
import io.stockledger.api.client.Ordering;
import io.stockledger.api.importer.Document.Kind;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.api.importer.SoldGoods.Share;
import io.stockledger.v1.AdjustStock;
import io.stockledger.v1.AdjustmentLine;
import io.stockledger.v1.AdjustmentReason;
import io.stockledger.v1.Charge;
import io.stockledger.v1.Command;
import io.stockledger.v1.Disposition;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.Occasion;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.ReturnLine;
import io.stockledger.v1.SaleLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes commands of invoices. The same file gives the same commands under the same document ids, which is what
 * makes a second run harmless; an invoice that becomes several documents numbers them in the order of its lines.
 */
final class InvoiceMapping {

    /** The ledger's own limit for the lines of one command. */
    static final int MOST_LINES = 1_000;

    static final String CURRENCY = "GBP";
    static final String CHANNEL = "webshop";
    /** Who tells it, by which the ledger finds what imports have told. */
    static final String DEVICE = "online-retail";

    private final String location;
    private final SoldGoods sold;

    InvoiceMapping(String location, SoldGoods sold) {
        this.location = location;
        this.sold = sold;
    }

    /**
     * Invoices must come in the file's order, because returns look for sales that came before.
     *
     * @param waitsFor the line that cannot be read for which the invoice waits; 0 for none
     */
    List<Document> documents(Invoice invoice, int waitsFor) {
        List<Document> documents = new ArrayList<>();
        if (invoice.takesBack()) {
            addReturns(invoice, documents);
        } else {
            addSales(invoice, waitsFor, documents);
            addAdjustments(invoice, documents);
        }
        return documents;
    }

    private void addSales(Invoice invoice, int waitsFor, List<Document> documents) {
        List<List<InvoiceLine>> goodsParts = parts(invoice.lines(Meaning.SALE));
        List<List<InvoiceLine>> chargeParts = parts(invoice.lines(Meaning.CHARGE));
        for (int i = 0; i < Math.max(goodsParts.size(), chargeParts.size()); i++) {
            List<InvoiceLine> goodsPart = i < goodsParts.size() ? goodsParts.get(i) : List.of();
            List<InvoiceLine> chargePart = i < chargeParts.size() ? chargeParts.get(i) : List.of();
            String id = id(invoice.number(), i);
            RecordSale.Builder sale = RecordSale.newBuilder()
                    .setDocumentId(id)
                    .setOccasion(occasion(invoice.time()))
                    .setChannel(CHANNEL)
                    .setLocation(location)
                    .setCurrency(CURRENCY)
                    .setCustomerReference(invoice.lines().get(0).customer())
                    .setGoodsHandedOver(true);
            for (InvoiceLine line : goodsPart) {
                sale.addLines(SaleLine.newBuilder()
                        .setItem(item(line.code()))
                        .setQuantity(Long.toString(line.quantity()))
                        .setUnitPrice(line.price().toPlainString()));
                sold.sold(line.customer(), line.code(), id, line.quantity(), waitsFor);
            }
            chargePart.forEach(line -> sale.addCharges(charge(line)));
            Set<String> touches = skus(goodsPart);
            touches.add("order:" + id);
            documents.add(new Document(
                    Kind.SALE_RECORDED,
                    "order:" + id,
                    Command.newBuilder().setRecordSale(sale),
                    new Ordering(touches, Set.of()),
                    Stream.concat(goodsPart.stream(), chargePart.stream()).toList()));
        }
    }

    /** What comes back of one sale is one return; money stands with the first, or alone. */
    private void addReturns(Invoice invoice, List<Document> documents) {
        Map<String, List<Returned>> perSale = new LinkedHashMap<>();
        for (InvoiceLine line : invoice.lines(Meaning.RETURN)) {
            for (Share share : sold.takeBack(line.customer(), line.code(), -line.quantity())) {
                perSale.computeIfAbsent(share.sale(), sale -> new ArrayList<>())
                        .add(new Returned(line, share.quantity()));
            }
        }
        Deque<List<InvoiceLine>> charges = new ArrayDeque<>(parts(invoice.lines(Meaning.CHARGE)));
        int number = 0;
        for (Map.Entry<String, List<Returned>> entry : perSale.entrySet()) {
            for (List<Returned> part : parts(entry.getValue())) {
                List<InvoiceLine> withIt = charges.isEmpty() ? List.of() : charges.removeFirst();
                documents.add(returned(invoice, number++, entry.getKey(), part, withIt));
            }
        }
        for (List<InvoiceLine> alone : charges) {
            documents.add(returned(invoice, number++, "", List.of(), alone));
        }
    }

    /** Units of a line that came back of one sale. */
    private record Returned(InvoiceLine line, long quantity) {}

    private Document returned(
            Invoice invoice, int number, String sale, List<Returned> goods, List<InvoiceLine> charges) {
        String id = id(invoice.number(), number);
        ProcessReturn.Builder back = ProcessReturn.newBuilder()
                .setDocumentId(id)
                .setOccasion(occasion(invoice.time()))
                .setChannel(CHANNEL)
                .setLocation(location)
                .setOrderId(sale)
                .setCurrency(CURRENCY);
        for (Returned returned : goods) {
            back.addLines(ReturnLine.newBuilder()
                    .setItem(item(returned.line.code()))
                    .setQuantity(Long.toString(returned.quantity))
                    .setReason("cancelled")
                    .setDisposition(Disposition.DISPOSITION_SELLABLE));
        }
        charges.forEach(line -> back.addCharges(charge(line)));
        List<InvoiceLine> lines = goods.stream().map(Returned::line).collect(toCollection(ArrayList::new));
        Set<String> touches = skus(lines);
        lines.addAll(charges);
        return new Document(
                Kind.RETURN_PROCESSED,
                "return:" + id,
                Command.newBuilder().setProcessReturn(back),
                new Ordering(touches, sale.isEmpty() ? Set.of() : Set.of("order:" + sale)),
                lines);
    }

    /** One document for each reason and text, as an adjustment has one of each. */
    private void addAdjustments(Invoice invoice, List<Document> documents) {
        record Cause(AdjustmentReason reason, String note) {}
        Map<Cause, List<InvoiceLine>> perCause = new LinkedHashMap<>();
        for (InvoiceLine line : invoice.lines(Meaning.ADJUSTMENT)) {
            String note = FreeText.note(line.description());
            perCause.computeIfAbsent(
                            new Cause(CauseText.reason(line.quantity(), note), note), cause -> new ArrayList<>())
                    .add(line);
        }
        int number = 0;
        for (Map.Entry<Cause, List<InvoiceLine>> entry : perCause.entrySet()) {
            for (List<InvoiceLine> part : parts(entry.getValue())) {
                String id = id(invoice.number(), number++);
                AdjustStock.Builder adjustment = AdjustStock.newBuilder()
                        .setDocumentId(id)
                        .setOccasion(occasion(invoice.time()))
                        .setLocation(location)
                        .setReason(entry.getKey().reason())
                        .setNote(entry.getKey().note());
                for (InvoiceLine line : part) {
                    adjustment.addLines(AdjustmentLine.newBuilder()
                            .setItem(item(line.code()))
                            .setQuantity(Long.toString(line.quantity())));
                }
                boolean removes = part.stream().anyMatch(line -> line.quantity() < 0);
                documents.add(new Document(
                        Kind.STOCK_ADJUSTED,
                        "adjustment:" + id,
                        Command.newBuilder().setAdjustStock(adjustment),
                        new Ordering(skus(part), removes ? skus(part) : Set.of()),
                        part));
            }
        }
    }

    static Occasion occasion(Instant time) {
        return Occasion.newBuilder()
                .setDevice(DEVICE)
                .setBusinessTime(Timestamp.newBuilder().setSeconds(time.getEpochSecond()))
                .build();
    }

    static ItemRef item(String sku) {
        return ItemRef.newBuilder().setSku(sku).build();
    }

    static <T> List<List<T>> parts(List<T> lines) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += MOST_LINES) {
            parts.add(lines.subList(from, Math.min(from + MOST_LINES, lines.size())));
        }
        return parts;
    }

    /** @param part how many documents of that name come before it */
    static String id(String name, int part) {
        return part == 0 ? name : name + "-" + (part + 1);
    }

    private static Charge charge(InvoiceLine line) {
        return Charge.newBuilder()
                .setCode(line.code())
                .setDescription(FreeText.note(line.description()))
                .setAmount(line.price()
                        .multiply(BigDecimal.valueOf(line.quantity()))
                        .toPlainString())
                .build();
    }

    private static Set<String> skus(List<InvoiceLine> lines) {
        return lines.stream().map(line -> "sku:" + line.code()).collect(toCollection(TreeSet::new));
    }
}
