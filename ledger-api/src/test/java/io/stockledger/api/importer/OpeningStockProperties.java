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
        OpeningStock opening = played(history);

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
        assertThat(opening.perSku()).isEqualTo(expected);
    }

    @Property
    void aFileThatHasGrownByWholeDaysHasTheSameReceiptsAndMore(
            @ForAll("histories") List<Change> history, @ForAll int cut) {
        int days = history.stream().mapToInt(Change::daysLater).sum();
        int keep = Math.floorMod(cut, days + 1);
        List<Change> begin = new ArrayList<>();
        int day = 0;
        for (Change change : history) {
            day += change.daysLater;
            if (day <= keep) {
                begin.add(change);
            }
        }
        InvoiceLine first = line("1", 1, START);

        List<List<ReceiptLine>> before = receipts(played(begin), first);
        List<List<ReceiptLine>> after = receipts(played(history), first);

        assertThat(after.subList(0, Math.min(before.size(), after.size()))).isEqualTo(before);
    }

    private static List<List<ReceiptLine>> receipts(OpeningStock opening, InvoiceLine first) {
        return opening.receipts("shop", first).stream()
                .map(document -> document.command().getReceiveGoods().getLinesList())
                .toList();
    }

    private static OpeningStock played(List<Change> history) {
        OpeningStock opening = new OpeningStock();
        LocalDateTime day = START;
        int number = 1;
        for (Change change : history) {
            day = day.plusDays(change.daysLater);
            // A free line without a customer changes stock by its own sign, whichever it is.
            opening.play(new Invoice(
                    "" + number,
                    List.of(new InvoiceLine(
                            number, "" + number, "S" + change.sku, "", change.quantity, day, BigDecimal.ZERO, ""))));
            number++;
        }
        return opening;
    }

    private static InvoiceLine line(String invoice, long quantity, LocalDateTime time) {
        return new InvoiceLine(1, invoice, "S0", "", quantity, time, BigDecimal.ONE, "");
    }
}
