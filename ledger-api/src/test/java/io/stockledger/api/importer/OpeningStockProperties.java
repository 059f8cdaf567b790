package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.v1.ReceiptLine;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OpeningStockProperties {

    private static final LocalDateTime START = LocalDateTime.of(2010, 12, 1, 8, 0);

    /** Change of stock of one SKU, one invoice each. */
    private record Change(int sku, int quantity, int daysLater) {}

    @Provide
    Arbitrary<List<Change>> histories() {
        Arbitrary<Integer> quantity = Arbitraries.integers().between(-40, 40).filter(q -> q != 0);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        quantity,
                        Arbitraries.integers().between(0, 1))
                .as(Change::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void itIsTheLeastWithWhichNoBalanceFallsBelowZero(@ForAll("histories") List<Change> history) {
        Map<Integer, Long> lowest = new HashMap<>();
        Map<Integer, Long> balance = new HashMap<>();
        for (Change change : history) {
            long now = balance.merge(change.sku, (long) change.quantity, Long::sum);
            lowest.merge(change.sku, Math.min(0, now), Math::min);
        }
        Map<String, Long> expected = new HashMap<>();
        lowest.forEach((sku, low) -> {
            if (low < 0) {
                expected.put("S" + sku, -low);
            }
        });
        Map<String, Long> opening = new HashMap<>();
        for (Document receipt : receipts(history)) {
            for (ReceiptLine line : receipt.command().getReceiveGoods().getLinesList()) {
                opening.merge(line.getItem().getSku(), Long.valueOf(line.getQuantity()), Long::sum);
            }
        }
        assertThat(opening).isEqualTo(expected);
    }

    @Property
    void aFileThatHasGrownHasTheSameReceiptsAndMore(@ForAll("histories") List<Change> history, @ForAll int cut) {
        List<Change> begin = history.subList(0, Math.floorMod(cut, history.size() + 1));

        List<String> before = receipts(begin).stream().map(Document::digest).toList();
        List<String> after = receipts(history).stream().map(Document::digest).toList();

        assertThat(after.subList(0, before.size())).isEqualTo(before);
    }

    private static List<Document> receipts(List<Change> history) {
        OpeningStock opening = new OpeningStock("shop", START.toLocalDate());
        List<Document> receipts = new ArrayList<>();
        LocalDateTime day = START;
        int number = 1;
        for (Change change : history) {
            day = day.plusDays(change.daysLater);
            // A free line without a customer changes stock by its own sign, whichever it is.
            InvoiceLine line = new InvoiceLine(
                    number, "" + number, "S" + change.sku, "", change.quantity, day, BigDecimal.ZERO, "");
            receipts.addAll(opening.play(new Invoice("" + number, List.of(line), List.of()), 0));
            number++;
        }
        return receipts;
    }
}
