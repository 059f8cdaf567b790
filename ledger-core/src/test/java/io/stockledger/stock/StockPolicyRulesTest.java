package io.stockledger.stock;

import static io.stockledger.scenario.Scenario.NOON;
import static io.stockledger.scenario.Scenario.given;
import static io.stockledger.scenario.Shop.BERLIN;
import static io.stockledger.scenario.Shop.CHEESE;
import static io.stockledger.scenario.Shop.HALF_AN_HOUR;
import static io.stockledger.scenario.Shop.POS;
import static io.stockledger.scenario.Shop.TEA;
import static io.stockledger.scenario.Shop.WEB;
import static io.stockledger.scenario.Shop.chain;
import static io.stockledger.scenario.Shop.confirm;
import static io.stockledger.scenario.Shop.goods;
import static io.stockledger.scenario.Shop.handedOver;
import static io.stockledger.scenario.Shop.hold;
import static io.stockledger.scenario.Shop.keepBack;
import static io.stockledger.scenario.Shop.protect;
import static io.stockledger.scenario.Shop.release;
import static io.stockledger.scenario.Shop.reserve;
import static io.stockledger.scenario.Shop.sale;
import static io.stockledger.scenario.Shop.shortage;
import static io.stockledger.scenario.Shop.sold;
import static io.stockledger.scenario.Shop.stocked;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.item.ItemRefusal;
import io.stockledger.location.LocationRefusal;
import io.stockledger.quantity.Quantity;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ReservationFact.ReservationConfirmed;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.StockFact.StockReserved;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class StockPolicyRulesTest {

    private static final String B2B = "b2b";
    private static final Instant END = NOON.plus(HALF_AN_HOUR);

    @Test
    void safetyStockIsKeptBackFromEveryChannel() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(keepBack("i1", TEA, BERLIN, "4"))
                .then(
                        new InstructionAccepted(
                                "set-safety-stock", "stock:tea@berlin-1", 2, Set.of(BERLIN), null, List.of()),
                        new SafetyStockSet(TEA, BERLIN, Quantity.of(4, Unit.PIECE)))
                .thenAvailable(WEB, TEA, BERLIN, "6 piece")
                .thenAvailable(POS, TEA, BERLIN, "6 piece")
                .when(sale("s1", POS, BERLIN, goods(TEA, "7")))
                .thenRefused(
                        new StockRefusal.InsufficientStock(POS, List.of(shortage(TEA, BERLIN, "7 piece", "6 piece"))));
    }

    @Test
    void safetyStockMayBeSetToMoreThanIsThereAndTakenBack() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(keepBack("i1", TEA, BERLIN, "400"))
                .when(keepBack("i2", TEA, BERLIN, "0"))
                .thenAvailable(WEB, TEA, BERLIN, "10 piece");
    }

    @Test
    void safetyStockMayBeSetBeforeAnythingIsThere() {
        given(chain()).when(keepBack("i1", CHEESE, BERLIN, "0.5")).thenAvailable(WEB, CHEESE, BERLIN, "-0.5 kg");
    }

    @Test
    void whatIsProtectedForOneChannelNoOtherMayPromise() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .when(protect("i1", TEA, BERLIN, WEB, "6"))
                .then(
                        new InstructionAccepted(
                                "set-channel-protection", "stock:tea@berlin-1", 2, Set.of(BERLIN), null, List.of()),
                        new ChannelProtectionSet(TEA, BERLIN, WEB, Quantity.of(6, Unit.PIECE)))
                .thenAvailable(WEB, TEA, BERLIN, "10 piece")
                .thenAvailable(POS, TEA, BERLIN, "4 piece");
    }

    @Test
    void protectionsOfSeveralChannelsAddUpForTheOthers() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "6"))
                .and(protect("i2", TEA, BERLIN, B2B, "3"))
                .thenAvailable(WEB, TEA, BERLIN, "7 piece")
                .thenAvailable(B2B, TEA, BERLIN, "4 piece")
                .thenAvailable(POS, TEA, BERLIN, "1 piece");
    }

    @Test
    void protectionIsUsedUpByItsChannelsReservations() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "6"))
                .when(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .thenEffects(new StockReserved(
                        TEA, BERLIN, new Hold("r1", WEB, Quantity.of(2, Unit.PIECE), Quantity.of(2, Unit.PIECE), END)))
                .thenAvailable(POS, TEA, BERLIN, "4 piece")
                .thenAvailable(WEB, TEA, BERLIN, "8 piece");
    }

    @Test
    void protectionIsUsedUpByItsChannelsSales() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "6"))
                .when(sale("s1", WEB, BERLIN, goods(TEA, "2")))
                .thenEffects(sold(WEB, TEA, BERLIN, "2 piece", Map.of(WEB, "2 piece"), null))
                .thenAvailable(POS, TEA, BERLIN, "4 piece")
                .thenAvailable(WEB, TEA, BERLIN, "8 piece");
    }

    @Test
    void protectionIsNotUsedUpByOtherChannels() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "6"))
                .and(sale("s1", POS, BERLIN, goods(TEA, "1")))
                .and(reserve("r1", POS, BERLIN, goods(TEA, "2")))
                .thenAvailable(POS, TEA, BERLIN, "1 piece")
                .thenAvailable(WEB, TEA, BERLIN, "7 piece");
    }

    @Test
    void protectionIsNeverBelowZero() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "2"))
                .and(sale("s1", WEB, BERLIN, goods(TEA, "5")))
                .thenAvailable(POS, TEA, BERLIN, "5 piece");
    }

    @Test
    void aReservationThatHasRunOutGivesItsProtectionBackBeforeAnythingSaysSo() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "6"))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .at(END)
                .thenAvailable(POS, TEA, BERLIN, "4 piece")
                .thenAvailable(WEB, TEA, BERLIN, "10 piece");
    }

    @Test
    void aReleasedReservationGivesItsProtectionBack() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "6"))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .and(release("i2", "r1"))
                .thenAvailable(POS, TEA, BERLIN, "4 piece");
    }

    @Test
    void whichOfTwoReservationsRunsOutFirstMakesNoDifferenceToProtection() {
        for (String released : List.of("r1", "r2")) {
            given(chain(stocked(TEA, BERLIN, "30 piece")))
                    .and(protect("i1", TEA, BERLIN, WEB, "10"))
                    .and(reserve("r1", WEB, BERLIN, goods(TEA, "10")))
                    .and(reserve("r2", WEB, BERLIN, goods(TEA, "10")))
                    .and(release("i2", released))
                    .thenAvailable(POS, TEA, BERLIN, "20 piece")
                    .thenAvailable(WEB, TEA, BERLIN, "20 piece");
        }
    }

    @Test
    void confirmingAReservationChangesNobodysAvailability() {
        for (String confirmed : List.of("r0", "r1")) {
            Scenario reserved = given(chain(stocked(TEA, BERLIN, "20 piece")))
                    .and(reserve("r0", WEB, BERLIN, goods(TEA, "3")))
                    .and(protect("i1", TEA, BERLIN, WEB, "10"))
                    .and(protect("i2", TEA, BERLIN, B2B, "2"))
                    .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")));
            StockLevels before = reserved.levels(TEA, BERLIN);
            StockLevels after = reserved.and(confirm("s1", confirmed)).levels(TEA, BERLIN);

            for (String channel : List.of(WEB, POS, B2B)) {
                reserved.thenAvailable(
                        channel, TEA, BERLIN, before.availableToPromise(channel).toString());
            }
            assertThat(after.protectedFor()).isEqualTo(before.protectedFor());
        }
    }

    @Test
    void whatIsCollectedThroughAnotherChannelStaysCountedForTheChannelThatReserved() {
        given(chain(stocked(TEA, BERLIN, "20 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "10"))
                .and(protect("i2", TEA, BERLIN, POS, "5"))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "4")))
                .when(sale("s1", POS, BERLIN, "r1", false, goods(TEA, "6")))
                .thenEffects(
                        sold(
                                POS,
                                TEA,
                                BERLIN,
                                "6 piece",
                                Map.of(WEB, "4 piece", POS, "2 piece"),
                                new Hold("r1", WEB, Quantity.of(4, Unit.PIECE), Quantity.of(4, Unit.PIECE), END)),
                        new ReservationConfirmed(
                                "r1", "s1", List.of(new ReservedLine(TEA, BERLIN, Quantity.of(4, Unit.PIECE)))))
                .thenAvailable(B2B, TEA, BERLIN, "5 piece")
                .thenAvailable(POS, TEA, BERLIN, "8 piece")
                .thenAvailable(WEB, TEA, BERLIN, "11 piece");
    }

    @Test
    void aSaleOfLessThanWasReservedUsesUpThatMuchProtection() {
        given(chain(stocked(TEA, BERLIN, "20 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "10"))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "4")))
                .and(sale("s1", WEB, BERLIN, "r1", false, goods(TEA, "1")))
                .thenAvailable(POS, TEA, BERLIN, "10 piece");
    }

    @Test
    void settingProtectionAgainForgetsWhatWasSoldAndReservedBefore() {
        given(chain(stocked(TEA, BERLIN, "20 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "10"))
                .and(sale("s1", WEB, BERLIN, goods(TEA, "4")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .when(protect("i2", TEA, BERLIN, WEB, "5"))
                .thenAvailable(POS, TEA, BERLIN, "8 piece")
                .when(release("i3", "r1"))
                .thenAvailable(POS, TEA, BERLIN, "11 piece");
    }

    @Test
    void aReservationFromBeforeTheProtectionDoesNotUseItUpWhenItIsConfirmed() {
        given(chain(stocked(TEA, BERLIN, "20 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "3")))
                .and(protect("i1", TEA, BERLIN, WEB, "5"))
                .and(confirm("s1", "r1"))
                .thenAvailable(POS, TEA, BERLIN, "12 piece");
    }

    @Test
    void aHandedOverSaleThroughAnotherChannelLeavesProtectionAsItIs() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(protect("i1", TEA, BERLIN, WEB, "10"))
                .and(handedOver("s1", POS, BERLIN, goods(TEA, "4")))
                .thenAvailable(POS, TEA, BERLIN, "-4 piece")
                .thenAvailable(WEB, TEA, BERLIN, "6 piece");
    }

    @Test
    void whatHasLapsedIsToldWhenAPolicyIsSet() {
        given(chain(stocked(TEA, BERLIN, "10 piece")))
                .and(reserve("r1", WEB, BERLIN, goods(TEA, "2")))
                .at(END)
                .when(keepBack("i1", TEA, BERLIN, "1"))
                .thenEffects(
                        new ReservationsLapsed(TEA, BERLIN, List.of(hold("r1", WEB, "2 piece", END))),
                        new SafetyStockSet(TEA, BERLIN, Quantity.of(1, Unit.PIECE)));
    }

    @Test
    void whatIsUnknownIsRefusedInTheOrderInWhichRefusalsAreListed() {
        List<BiFunction<String, String, Command>> commands = List.of(
                (sku, location) -> keepBack("i1", sku, location, "0.5"),
                (sku, location) -> protect("i1", sku, location, WEB, "0.5"));
        for (BiFunction<String, String, Command> command : commands) {
            Scenario chain = given(chain());
            chain.when(command.apply("unicorn", "atlantis"))
                    .thenRefused(new LocationRefusal.UnknownLocation("atlantis"));
            chain.when(command.apply("unicorn", BERLIN)).thenRefused(new ItemRefusal.UnknownItem("unicorn"));
            chain.when(command.apply(TEA, BERLIN))
                    .thenRefused(new ItemRefusal.QuantityDoesNotFitUnit(TEA, new BigDecimal("0.5"), Unit.PIECE));
        }
    }
}
