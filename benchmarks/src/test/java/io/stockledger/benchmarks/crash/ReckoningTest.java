package io.stockledger.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.benchmarks.crash.Call.Told;
import io.stockledger.benchmarks.crash.Fault.Kind;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRefusal;
import io.stockledger.document.Fact;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.StoredFact;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.Hold;
import io.stockledger.stock.Posting;
import io.stockledger.stock.StockFact.Cause;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Command;
import io.stockledger.v1.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A true history passes; each way of tampering with it is found and called by its name. */
class ReckoningTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<String, Call> calls = new HashMap<>();
    private final Map<String, Told> told = new HashMap<>();
    private final List<StoredFact> facts = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<Level> levels = new ArrayList<>();

    /** Ten of each of two items received, one of each sold, two of the first reserved. */
    ReckoningTest() {
        asked(Call.Kind.RECEIVE, "receipt:r", Map.of("a", 10));
        asked(Call.Kind.RECEIVE, "receipt:s", Map.of("b", 10));
        asked(Call.Kind.SELL, "order:o", Map.of("a", 1, "b", 1));
        asked(Call.Kind.RESERVE, "reservation:h", Map.of("a", 2));
        received("receipt:r", "a", 10);
        own("receipt:r");
        received("receipt:s", "b", 10);
        own("receipt:s");
        sold("order:o", "a", 1);
        sold("order:o", "b", 1);
        own("order:o");
        held("reservation:h", "a", 2);
        own("reservation:h");
        calls.keySet().forEach(this::toldYes);
        levels.add(level("a", 9, 2));
        levels.add(level("b", 9, 0));
    }

    @Test
    void a_true_history_has_no_fault() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void an_acknowledged_command_that_is_missing_is_lost() {
        asked(Call.Kind.SELL, "order:gone", Map.of("a", 1));
        toldYes("order:gone");
        assertThat(kinds()).containsExactly(Kind.LOST);
        assertThat(faults()).first().asString().contains("order:gone");
    }

    @Test
    void a_command_that_was_never_answered_may_be_missing() {
        asked(Call.Kind.SELL, "order:gone", Map.of("a", 1));
        assertThat(faults()).isEmpty();
    }

    @Test
    void an_effect_that_stands_twice_within_its_document_is_doubled() {
        asked(Call.Kind.SELL, "order:twice", Map.of("a", 1));
        sold("order:twice", "a", 1);
        sold("order:twice", "a", 1);
        own("order:twice");
        levels.set(0, level("a", 8, 2));
        assertThat(kinds()).contains(Kind.DOUBLED);
    }

    @Test
    void an_effect_that_comes_again_after_its_document_is_doubled() {
        sold("order:o", "a", 1);
        assertThat(kinds()).contains(Kind.DOUBLED);
    }

    @Test
    void one_line_of_two_is_partial() {
        asked(Call.Kind.SELL, "order:half", Map.of("a", 1, "b", 1));
        sold("order:half", "a", 1);
        own("order:half");
        assertThat(kinds()).contains(Kind.PARTIAL);
    }

    @Test
    void effects_without_their_document_are_partial() {
        asked(Call.Kind.SELL, "order:torn", Map.of("a", 1));
        sold("order:torn", "a", 1);
        assertThat(kinds()).contains(Kind.PARTIAL);
    }

    @Test
    void effects_without_their_document_in_the_middle_are_partial() {
        asked(Call.Kind.SELL, "order:torn", Map.of("a", 1));
        sold("order:torn", "a", 1);
        received("receipt:t", "b", 1);
        own("receipt:t");
        assertThat(kinds()).contains(Kind.PARTIAL);
    }

    @Test
    void a_sale_of_more_than_may_be_promised_is_oversold() {
        // Nine are there, but two of them are promised.
        asked(Call.Kind.SELL, "order:eight", Map.of("a", 8));
        sold("order:eight", "a", 8);
        own("order:eight");
        assertThat(kinds()).contains(Kind.OVERSOLD);
    }

    @Test
    void what_a_reservation_held_may_be_sold_once_it_has_run_out() {
        asked(Call.Kind.SELL, "order:eight", Map.of("a", 8));
        at(NOW.plusSeconds(600), "order:eight", "stock:a@berlin-1", moved("a", Bucket.SELLABLE, Bucket.CUSTOMER, 8));
        at(NOW.plusSeconds(600), "order:eight", "order:eight", InstructionAccepted.of("sale", "x", 1, Set.of()));
        Reckoning reckoning = read();
        reckoning.view(List.of(level("a", 1, 0), level("b", 9, 0)), NOW.plusSeconds(600));
        assertThat(reckoning.faults()).isEmpty();
    }

    @Test
    void units_that_come_from_nowhere_are_unbalanced() {
        levels.set(1, level("b", 10, 0));
        assertThat(kinds()).containsExactly(Kind.VIEW_DIFFERS, Kind.UNBALANCED);
    }

    @Test
    void a_view_that_differs_from_the_fold_is_named() {
        levels.set(0, level("a", 9, 1));
        assertThat(kinds()).containsExactly(Kind.VIEW_DIFFERS);
    }

    @Test
    void a_view_without_an_item_is_named() {
        levels.remove(1);
        assertThat(kinds()).containsExactly(Kind.VIEW_DIFFERS);
    }

    @Test
    void an_effect_on_another_item_is_wrong() {
        asked(Call.Kind.SELL, "order:other", Map.of("a", 1));
        sold("order:other", "b", 1);
        own("order:other");
        assertThat(kinds()).contains(Kind.WRONG_EFFECT);
    }

    @Test
    void a_yes_where_a_no_is_stored_is_a_wrong_answer() {
        asked(Call.Kind.SELL, "order:no", Map.of("a", 100));
        at(NOW, "order:no", "order:no", refused());
        assertThat(faults()).isEmpty();
        toldYes("order:no");
        assertThat(kinds()).containsExactly(Kind.WRONG_ANSWER);
    }

    @Test
    void a_refusal_that_was_not_due_is_a_wrong_answer() {
        asked(Call.Kind.SELL, "order:no", Map.of("a", 1));
        at(NOW, "order:no", "order:no", refused());
        assertThat(kinds()).contains(Kind.WRONG_ANSWER);
    }

    @Test
    void another_try_of_what_was_refused_stands_behind_it() {
        asked(Call.Kind.SELL, "order:no", Map.of("a", 100));
        at(NOW, "order:no", "order:no", refused());
        Call again =
                new Call(Call.Kind.SELL, "order:no", Command.getDefaultInstance(), Map.of("a", 1), null, 600, "again");
        calls.put(again.name(), again);
        sold("order:no", "a", 1);
        tried("order:no", "again", InstructionAccepted.of("any", "thing", 1, Set.of()));
        levels.set(0, level("a", 8, 2));
        assertThat(faults()).isEmpty();
        toldYes("order:no try again");
        toldYes("order:no try never");
        assertThat(kinds()).containsExactly(Kind.LOST);
    }

    @Test
    void a_hole_in_the_positions_is_out_of_order() {
        facts.remove(facts.size() - 3);
        assertThat(kinds()).contains(Kind.OUT_OF_ORDER);
    }

    private static CommandRefused refused() {
        return new CommandRefused("sale", new DocumentRefusal.IdReused("any refusal", List.of()), Set.of());
    }

    private void asked(Call.Kind kind, String document, Map<String, Integer> units) {
        calls.put(document, new Call(kind, document, Command.getDefaultInstance(), units, null, 600, null));
    }

    private void toldYes(String document) {
        told.put(
                document,
                new Told(
                        Optional.of(Accepted.newBuilder()
                                .setPosition(facts.size() + 1L)
                                .build()),
                        "accepted"));
    }

    private void received(String document, String sku, int quantity) {
        at(NOW, document, "stock:" + sku + "@berlin-1", moved(sku, Bucket.SUPPLIER, Bucket.SELLABLE, quantity));
    }

    private void sold(String document, String sku, int quantity) {
        at(NOW, document, "stock:" + sku + "@berlin-1", moved(sku, Bucket.SELLABLE, Bucket.CUSTOMER, quantity));
    }

    private void held(String document, String sku, int quantity) {
        Hold hold = new Hold(document, "web", pieces(quantity), pieces(0), NOW.plusSeconds(600));
        at(NOW, document, "stock:" + sku + "@berlin-1", new StockReserved(sku, "berlin-1", hold));
    }

    /** The checker only looks at whether it is a refusal. */
    private void own(String document) {
        at(NOW, document, document, InstructionAccepted.of("any", "thing", 1, Set.of()));
    }

    private void at(Instant at, String document, String stream, Fact fact) {
        add(at, document, stream, fact, null);
    }

    private void tried(String document, String tryId, Fact fact) {
        add(NOW, document, document, fact, tryId);
    }

    private void add(Instant at, String document, String stream, Fact fact, @Nullable String tryId) {
        long sequence = sequences.merge(stream, 0L, (before, zero) -> before + 1);
        FactMeta meta = new FactMeta("any", document, "print", "tester", null, at, tryId);
        facts.add(new StoredFact(facts.size() + 1L, stream, sequence, fact, meta, at));
    }

    private static StockMoved moved(String sku, Bucket from, Bucket to, int quantity) {
        Posting posting = new Posting(from, to, pieces(quantity));
        return new StockMoved(sku, "berlin-1", Cause.SOLD, "web", List.of(posting), Map.of(), null, null);
    }

    private static Quantity pieces(int quantity) {
        return Quantity.of(quantity, Unit.PIECE);
    }

    private static Level level(String sku, int sellable, int reserved) {
        return Level.newBuilder()
                .setSku(sku)
                .setSellable(Integer.toString(sellable))
                .setReserved(Integer.toString(reserved))
                .setAvailableToPromise(Integer.toString(sellable - reserved))
                .build();
    }

    private Reckoning read() {
        Reckoning reckoning = new Reckoning(calls, told);
        facts.forEach(reckoning::read);
        reckoning.end();
        return reckoning;
    }

    private List<Fault> faults() {
        Reckoning reckoning = read();
        reckoning.view(levels, NOW);
        return reckoning.faults();
    }

    private List<Kind> kinds() {
        return faults().stream().map(Fault::kind).toList();
    }
}
