package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.wire.DocumentWire.Shown;
import io.stockledger.api.wire.DocumentWire.Told;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.Fact;
import io.stockledger.item.ItemRefusal.UnknownItem;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.order.OrderFact.ReturnedItem;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.order.Price;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.v1.DocumentLine;
import io.stockledger.v1.DocumentState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentWireTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    private static final Fact REFUSED_HERE = new CommandRefused("record-sale", new UnknownItem("none"), Set.of("here"));
    private static final Fact REFUSED_THERE =
            new CommandRefused("record-sale", new UnknownItem("none"), Set.of("there"));
    private static final Fact SOLD_THERE = new SaleRecorded(
            "4711", "pos", "there", null, List.of(sold(2), sold(1)), List.of(), List.of(), null, null, null);

    @Test
    void itTellsOfWhereItsLastTryWasAndOnceItIsAcceptedOfNoneBefore() {
        assertThat(order(REFUSED_HERE).locations()).containsExactly("here");
        assertThat(order(REFUSED_HERE, REFUSED_THERE).locations()).containsExactly("there");
        assertThat(order(REFUSED_HERE, SOLD_THERE).locations()).containsExactly("there");
    }

    @Test
    void goodsThatComeBackElsewhereShowTheSaleToNobodyThere() {
        OrderReturned back = new OrderReturned(
                "4711", "r", "here", List.of(new ReturnedItem("0001", pieces(1))), Set.of("here", "there"));
        Shown shown = order(SOLD_THERE, back);
        assertThat(shown.locations()).containsExactly("there");
        assertThat(shown.message().getState()).isEqualTo(DocumentState.DOCUMENT_STATE_RETURNED_IN_PART);
        assertThat(shown.message().getLinesList())
                .extracting(DocumentLine::getReturned)
                .containsExactly("1", "");
    }

    @Test
    void anInstructionTellsWhereItHoldsIfInOnePlace() {
        assertThat(instruction("here").message().getLocation()).isEqualTo("here");
        assertThat(instruction("here", "there").message().getLocation()).isEmpty();
        assertThat(instruction("here", "there").locations()).containsExactlyInAnyOrder("here", "there");
    }

    private static Shown instruction(String... locations) {
        Fact accepted = InstructionAccepted.of("set-safety-stock", "stock:0001@here", 1, Set.of(locations));
        return DocumentWire.of(new DocumentRef(Kind.INSTRUCTION, "1"), told(accepted), AT);
    }

    private static Shown order(Fact... facts) {
        return DocumentWire.of(new DocumentRef(Kind.ORDER, "4711"), told(facts), AT);
    }

    private static List<Told> told(Fact... facts) {
        return Stream.of(facts)
                .map(fact -> new Told(fact, "record-sale", "till", null, AT, AT, Map.of(), null))
                .toList();
    }

    private static SoldLine sold(long quantity) {
        return new SoldLine("0001", "there", pieces(quantity), Price.NONE, null, null);
    }

    private static Quantity pieces(long number) {
        return Quantity.of(number, Unit.PIECE);
    }
}
