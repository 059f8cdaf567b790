package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.document.Command;
import io.stockledger.document.Fact;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.order.OrderFact.SoldLine;
import io.stockledger.order.RecordSale;
import io.stockledger.quantity.Quantity;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservedLine;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.returns.ReturnFact.ReturnedLine;
import io.stockledger.scenario.FoldedStreams;
import io.stockledger.scenario.RandomCommands;
import io.stockledger.scenario.Scenario;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.StockState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds after any commands in any order. */
class RulesProperties {

    private interface Check {
        void after(Command command, Decision.Accepted accepted, FoldedStreams streams, Instant at);
    }

    @Property(tries = 40)
    void unitsOnlyMove(@ForAll long seed) {
        run(seed, (command, accepted, streams, at) -> {
            for (StockState stock : touched(accepted, streams).values()) {
                Quantity sum = stock.buckets().values().stream().reduce(Quantity.zero(stock.unit()), Quantity::plus);
                assertThat(sum.isZero()).as("sum over all buckets: %s", sum).isTrue();
            }
        });
    }

    @Property(tries = 40)
    void whatIsHeldIsTheSumOfTheHolds(@ForAll long seed) {
        run(seed, (command, accepted, streams, at) -> {
            for (StockState stock : touched(accepted, streams).values()) {
                Quantity sum = stock.holds().values().stream()
                        .map(hold -> hold.quantity())
                        .reduce(Quantity.zero(stock.unit()), Quantity::plus);
                assertThat(stock.held()).isEqualTo(sum);
                stock.holds().forEach((key, hold) -> assertThat(key).isSameAs(hold));
            }
        });
    }

    @Property(tries = 40)
    void nothingIsPromisedBeyondWhatIsAvailable(@ForAll long seed) {
        run(seed, (command, accepted, streams, at) -> {
            if (accepted.document() instanceof ReservationMade made) {
                for (ReservedLine line : made.lines()) {
                    StockState stock = stock(streams, line.sku(), line.location());
                    assertThat(stock.levels(at)
                                    .availableToPromise(made.channel())
                                    .isNegative())
                            .as("%s after %s", stock.levels(at), command)
                            .isFalse();
                }
            }
        });
    }

    @Property(tries = 40)
    void nothingIsSoldThatIsNotThereUnlessItWasCarriedOut(@ForAll long seed) {
        run(seed, (command, accepted, streams, at) -> {
            boolean carriedOut = command instanceof RecordSale sale && sale.handedOver();
            if (accepted.document() instanceof SaleRecorded sale && !carriedOut) {
                for (SoldLine line : sale.lines()) {
                    Quantity left = stock(streams, line.sku(), line.location()).in(Bucket.SELLABLE);
                    assertThat(left.isNegative())
                            .as("%s left after %s", left, command)
                            .isFalse();
                    assertThat(line.shortfall()).isNull();
                }
            }
        });
    }

    @Property(tries = 40)
    void neverMoreComesBackThanWasSold(@ForAll long seed) {
        Map<String, Quantity> sold = new HashMap<>();
        Map<String, Quantity> back = new HashMap<>();
        run(seed, (command, accepted, streams, at) -> {
            if (accepted.document() instanceof SaleRecorded sale) {
                for (SoldLine line : sale.lines()) {
                    sold.merge(sale.order() + "/" + line.sku(), line.quantity(), Quantity::plus);
                }
            }
            if (accepted.document() instanceof ReturnProcessed returned && returned.order() != null) {
                for (ReturnedLine line : returned.lines()) {
                    back.merge(returned.order() + "/" + line.sku(), line.quantity(), Quantity::plus);
                }
            }
        });
        assertThat(back)
                .allSatisfy((line, quantity) -> assertThat(quantity)
                        .as(line)
                        .isLessThanOrEqualTo(sold.getOrDefault(line, Quantity.zero(quantity.unit()))));
    }

    @Property(tries = 40)
    void whatIsProtectedIsNeverBelowZeroNorAboveWhatWasSet(@ForAll long seed) {
        run(seed, (command, accepted, streams, at) -> {
            for (StockState stock : touched(accepted, streams).values()) {
                assertThat(stock.levels(at).protectedFor()).allSatisfy((channel, left) -> {
                    assertThat(left.isNegative()).isFalse();
                    assertThat(left)
                            .isLessThanOrEqualTo(
                                    Objects.requireNonNull(stock.protections().get(channel))
                                            .quantity());
                });
            }
        });
    }

    private static void run(long seed, Check check) {
        FoldedStreams streams = new FoldedStreams();
        Set<String> documents = new HashSet<>();
        for (Command command : RandomCommands.opening()) {
            decide(command, streams, Scenario.NOON, documents, check);
        }
        RandomCommands commands = new RandomCommands("c", seed);
        for (int i = 0; i < 250; i++) {
            Instant at = Scenario.NOON.plus(Duration.ofSeconds(20L * i));
            decide(commands.next(), streams, at, documents, check);
        }
    }

    private static void decide(Command command, FoldedStreams streams, Instant at, Set<String> documents, Check check) {
        if (documents.add(command.document().stream())
                && Rules.decide(command, streams, Moment.of(at), LocationTie.NONE)
                        instanceof Decision.Accepted accepted) {
            streams.add(command, accepted, Moment.of(at));
            check.after(command, accepted, streams, at);
        }
    }

    private static Map<String, StockState> touched(Decision.Accepted accepted, FoldedStreams streams) {
        Map<String, StockState> stocks = new HashMap<>();
        for (NewFact effect : accepted.effects()) {
            Fact fact = effect.fact();
            if (fact instanceof StockFact stock) {
                stocks.put(effect.stream(), stock(streams, stock.sku(), stock.location()));
            }
        }
        return stocks;
    }

    private static StockState stock(FoldedStreams streams, String sku, String location) {
        return streams.find(StockState.STREAM, StockState.key(sku, location)).orElseThrow();
    }
}
