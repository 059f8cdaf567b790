package io.stockledger.ledger;

import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.receive;
import static io.stockledger.scenario.Shop.release;
import static io.stockledger.scenario.Shop.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.document.Command;
import io.stockledger.reservation.ReservationEnd;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationState;
import io.stockledger.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever reserves again under the same id is told whether the first reservation still lives. */
class EndedReservationTest {

    private static final Command CART = reserve("cart", WEB, BERLIN, goods(TEA, "1"));

    private final MemoryFactStore store = new MemoryFactStore();
    private Node node = Node.on(store);

    @BeforeEach
    void openAShopWithTea() {
        node.openAShopWithTea();
    }

    @AfterEach
    void close() throws InterruptedException {
        node.close();
    }

    @Test
    void aLivingOneIsAnsweredAsItWas() {
        Answer first = node.answer(CART);
        assertThat(node.answer(CART)).isEqualTo(first.again());
        assertThat(ended(first)).isNull();
    }

    @Test
    void aReleasedOneIsAnsweredAsReleasedAlsoAfterARestart() throws InterruptedException {
        Answer.Accepted first = node.accepted(CART);
        node.at(Scenario.NOON.plusSeconds(60));
        node.accepted(release("r1", "cart"));
        for (int restarted = 0; restarted < 2; restarted++) {
            Answer.Accepted again = node.accepted(CART);
            assertThat(again.repeated()).isTrue();
            assertThat(again.position()).isEqualTo(first.position());
            assertThat(again.ended())
                    .isEqualTo(new ReservationEnd(ReservationState.RELEASED, Scenario.NOON.plusSeconds(60)));
            node.close();
            node = Node.on(store);
            node.at(Scenario.NOON.plusSeconds(120));
        }
    }

    @Test
    void aConfirmedAndALapsedOneAreToldApart() {
        node.accepted(CART);
        node.accepted(confirm("s1", "cart"));
        assertThat(ended(node.answer(CART))).extracting(ReservationEnd::how).isEqualTo(ReservationState.CONFIRMED);

        Command other = reserve("other", WEB, BERLIN, goods(TEA, "1"));
        ReservationMade made = (ReservationMade) node.accepted(other).fact();
        node.at(made.endsAt());
        assertThat(ended(node.answer(other))).isEqualTo(new ReservationEnd(ReservationState.LAPSED, made.endsAt()));
    }

    @Test
    void itIsToldOfWhatWasDecidedInTheSameBatch() throws InterruptedException {
        Node.Held held = node.hold();
        CompletableFuture<Answer> before = node.submit(receive("d2", BERLIN, goods(TEA, "1")));
        held.awaitBegun();
        CompletableFuture<Answer> made = node.submit(CART);
        CompletableFuture<Answer> released = node.submit(release("r1", "cart"));
        CompletableFuture<Answer> again = node.submit(CART);
        held.letGo();
        for (CompletableFuture<Answer> earlier : List.of(before, made, released)) {
            assertThat(Node.answerOf(earlier)).isInstanceOf(Answer.Accepted.class);
        }
        assertThat(ended(Node.answerOf(again))).extracting(ReservationEnd::how).isEqualTo(ReservationState.RELEASED);
    }

    private static @Nullable ReservationEnd ended(Answer answer) {
        return ((Answer.Accepted) answer).ended();
    }
}
