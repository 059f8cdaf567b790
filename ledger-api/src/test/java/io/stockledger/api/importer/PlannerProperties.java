package io.stockledger.api.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.v1.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What a file with lines that cannot be read lets through is what the mended file makes. */
class PlannerProperties {

    private static final String BEGIN = """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
            1,POST,POSTAGE,1,2010-12-01 08:00,18,9
            """;
    private static final List<String> KINDS = List.of("sale", "return", "adjustment");

    private static Path folder = Path.of("");

    @BeforeContainer
    static void makeAFolder() throws IOException {
        folder = Files.createTempDirectory("planner");
    }

    @AfterContainer
    static void removeIt() throws IOException {
        Files.deleteIfExists(folder.resolve("file.csv"));
        Files.delete(folder);
    }

    /** How a line is spoilt. The invoice stays legible: without it nothing of the file is sent. */
    private enum Damage {
        NONE,
        QUANTITY,
        DATE,
        PRICE,
        CODE,
        CUSTOMER,
        BYTES,
        STRAY_COMMA,
        CUT_CODE,
        OPEN_QUOTE,
        CUT_OFF;

        String of(String line) {
            String[] fields = line.split(",", -1);
            return switch (this) {
                case NONE -> line;
                case QUANTITY -> with(fields, 3, "NaN");
                case DATE -> with(fields, 4, "2011-02-30 09:00");
                case PRICE -> with(fields, 5, "-1");
                case CODE -> with(fields, 1, "");
                case CUSTOMER -> with(fields, 6, "nan");
                case BYTES -> with(fields, 2, "CAFÉ");
                case STRAY_COMMA -> with(fields, 2, "SET, OF 2");
                case CUT_CODE -> with(fields, 1, "S,0");
                case OPEN_QUOTE -> with(fields, 2, "\"SET");
                case CUT_OFF -> line.substring(0, line.lastIndexOf(','));
            };
        }

        private static String with(String[] fields, int column, String value) {
            fields[column] = value;
            return String.join(",", fields);
        }
    }

    private record Line(int sku, int quantity, Damage damage) {}

    private record Bought(String kind, String customer, List<Line> lines) {
        String text(int number, boolean spoilt) {
            return lines.stream()
                    .map(line -> {
                        String good = text(number, line);
                        return (spoilt ? line.damage.of(good) : good) + "\n";
                    })
                    .collect(Collectors.joining());
        }

        private String text(int number, Line line) {
            String tail = ",S" + line.sku + ",THING,";
            return switch (kind) {
                case "sale" -> number + tail + line.quantity + ",2010-12-01 09:00,2.50," + customer;
                case "return" -> "C" + number + tail + -line.quantity + ",2010-12-01 09:00,2.50," + customer;
                default -> number + tail + (line.sku == 0 ? 1 : -1) * line.quantity + ",2010-12-01 09:00,0,";
            };
        }
    }

    @Provide
    Arbitrary<List<Bought>> files() {
        Arbitrary<Damage> damage = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(14, Arbitraries.just(Damage.NONE)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(Damage.class)));
        Arbitrary<Line> line = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, 9),
                        damage)
                .as(Line::new);
        return Combinators.combine(
                        Arbitraries.of(KINDS),
                        Arbitraries.of("", "7", "8"),
                        line.list().ofMinSize(1).ofMaxSize(4))
                .as(Bought::new)
                .list()
                .ofMaxSize(25);
    }

    @Property(tries = 700)
    void whatIsSentOfASpoiltFileIsOfTheGoodOneAndTheRestCanFollow(@ForAll("files") List<Bought> file) throws Exception {
        Map<String, Document> good = sent(file, false);
        Map<String, Document> spoilt = sent(file, true);

        spoilt.forEach((name, document) -> {
            assertThat(good).containsKey(name);
            assertThat(document.digest())
                    .as(name)
                    .isEqualTo(Objects.requireNonNull(good.get(name)).digest());
        });
        Stock stock = new Stock();
        stock.take(spoilt);
        stock.take(good);
    }

    @Property(tries = 100)
    void aGoodFileLetsNothingWait(@ForAll("files") List<Bought> file) throws Exception {
        Set<String> invoices = new TreeSet<>();
        sent(file, false).keySet().stream()
                .map(name -> OpeningStock.invoiceOf(name.substring(name.indexOf(':') + 1)))
                .forEach(invoices::add);

        assertThat(invoices).hasSize(file.size() + 1);
    }

    /** A ledger that takes nothing twice, and no more than is there. */
    private static final class Stock {
        private final Set<String> taken = new TreeSet<>();
        private final Map<String, Long> units = new HashMap<>();

        void take(Map<String, Document> documents) {
            // Opening stock is there before the first invoice.
            documents.values().stream()
                    .filter(document -> document.command().hasReceiveGoods())
                    .forEach(this::take);
            documents.values().forEach(this::take);
        }

        private void take(Document document) {
            if (!taken.add(document.name())) {
                return;
            }
            Command command = document.command().build();
            command.getReceiveGoods()
                    .getLinesList()
                    .forEach(line -> move(document, line.getItem().getSku(), Long.parseLong(line.getQuantity())));
            command.getRecordSale()
                    .getLinesList()
                    .forEach(line -> move(document, line.getItem().getSku(), -Long.parseLong(line.getQuantity())));
            command.getAdjustStock()
                    .getLinesList()
                    .forEach(line -> move(document, line.getItem().getSku(), Long.parseLong(line.getQuantity())));
            command.getProcessReturn()
                    .getLinesList()
                    .forEach(line -> move(document, line.getItem().getSku(), Long.parseLong(line.getQuantity())));
            String order = command.getProcessReturn().getOrderId();
            assertThat(order.isEmpty() || taken.contains("order:" + order))
                    .as(document.name() + " of " + order)
                    .isTrue();
        }

        private void move(Document document, String sku, long change) {
            assertThat(units.merge(sku, change, Long::sum))
                    .as(document.name() + ", " + sku)
                    .isNotNegative();
        }
    }

    /** By name, in the order in which they are sent. */
    private static Map<String, Document> sent(List<Bought> file, boolean spoilt) throws Exception {
        StringBuilder text = new StringBuilder(BEGIN);
        for (int i = 0; i < file.size(); i++) {
            text.append(file.get(i).text(i + 2, spoilt));
        }
        FileSurvey survey = FileSurvey.of(write(text.toString()));
        Planner planner = new Planner("shop", survey.firstDay().orElseThrow());
        Map<String, Document> sent = new LinkedHashMap<>();
        survey.forEachInvoice(invoice -> {
            Planner.Planned planned = planner.plan(invoice);
            if (!planned.waits()) {
                List<Document> all = new ArrayList<>(planned.opening());
                all.addAll(planned.documents());
                all.forEach(document -> sent.put(document.name(), document));
            }
        });
        return sent;
    }

    private static Path write(String text) {
        try {
            return Files.writeString(folder.resolve("file.csv"), text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
