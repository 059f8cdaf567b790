package io.stockledger.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.document.Command;
import io.stockledger.document.Fact;
import io.stockledger.document.Refusal;
import io.stockledger.ledger.LocationTie;
import io.stockledger.ledger.Rules;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.StockLevels;
import io.stockledger.stock.StockState;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts that are given, a command that is decided on them, and what must come of it. */
public final class Scenario {

    /** When scenarios begin. */
    public static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final FoldedStreams streams = new FoldedStreams();
    private Instant at = NOON;
    private @Nullable Duration late;
    private LocationTie tie = LocationTie.NONE;
    private @Nullable Decision decision;

    public static Scenario given(Fact... facts) {
        return new Scenario().and(facts);
    }

    public Scenario and(Fact... facts) {
        for (Fact fact : facts) {
            String stream = StreamOfFact.of(fact);
            if (fact instanceof StockFact stock && streams.facts(stream).isEmpty()) {
                streams.add("whereabouts:" + stock.sku(), new FirstStocked(stock.sku(), stock.location()), happened());
            }
            streams.add(stream, fact, happened());
        }
        return this;
    }

    /** What the command made of what was given is given too. */
    public Scenario and(Command command) {
        when(command);
        if (!(decision instanceof Decision.Accepted)) {
            throw new AssertionError(command + " was given (expected: one that is accepted): " + decision);
        }
        return this;
    }

    public Scenario at(Instant instant) {
        at = instant;
        return this;
    }

    public Scenario after(Duration passed) {
        return at(at.plus(passed));
    }

    /** What the next commands tell took place so long ago. */
    public Scenario ago(Duration passed) {
        late = passed;
        return this;
    }

    /** What the next commands tell takes place as it is told. */
    public Scenario now() {
        late = null;
        return this;
    }

    private Instant happened() {
        return late == null ? at : at.minus(late);
    }

    /** Who sends the next commands may change stock at these locations only. */
    public Scenario tiedTo(String... locations) {
        tie = new LocationTie(Set.of(locations));
        return this;
    }

    public Scenario when(Command command) {
        streams.beginDecision();
        Moment moment = new Moment(at, happened());
        decision = Rules.decide(command, streams, moment, tie);
        if (decision instanceof Decision.Accepted accepted) {
            for (NewFact effect : accepted.effects()) {
                assertThat(streams.looked())
                        .as("the ledger knows a stream's sequence only when the rule has looked at it")
                        .contains(effect.stream());
            }
            streams.add(command, accepted, moment);
        }
        return this;
    }

    /** The document's fact and all others, in order. */
    public Scenario then(Fact document, Fact... effects) {
        assertThat(document()).isEqualTo(document);
        return thenEffects(effects);
    }

    public Scenario thenEffects(Fact... effects) {
        assertThat(effects()).containsExactly(effects);
        return this;
    }

    public Scenario thenAccepted() {
        accepted();
        return this;
    }

    public Scenario thenRefused(Refusal refusal) {
        assertThat(decision).isEqualTo(new Decision.Refused(refusal));
        return this;
    }

    public Refusal refusal() {
        if (decision instanceof Decision.Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("decided: " + decision + " (expected: refused)");
    }

    public Scenario thenAvailable(String channel, String sku, String location, String quantity) {
        assertThat(levels(sku, location).availableToPromise(channel))
                .as("%s available to promise for %s at %s", sku, channel, location)
                .isEqualTo(Quantity.parse(quantity));
        return this;
    }

    public Scenario thenStock(String sku, String location, Bucket bucket, String quantity) {
        assertThat(stock(sku, location).in(bucket)).isEqualTo(Quantity.parse(quantity));
        return this;
    }

    public Fact document() {
        return accepted().document();
    }

    /** But for where an item was first stocked, which WhereaboutsTest tells. */
    public List<Fact> effects() {
        return accepted().effects().stream()
                .map(NewFact::fact)
                .filter(fact -> !(fact instanceof FirstStocked))
                .toList();
    }

    public StockState stock(String sku, String location) {
        return streams.find(StockState.STREAM, StockState.key(sku, location)).orElseThrow();
    }

    public StockLevels levels(String sku, String location) {
        return stock(sku, location).levels(at);
    }

    /** The streams that the latest decision looked at. */
    public Set<String> looked() {
        return streams.looked();
    }

    public FoldedStreams streams() {
        return streams;
    }

    private Decision.Accepted accepted() {
        if (decision instanceof Decision.Accepted accepted) {
            return accepted;
        }
        throw new AssertionError("decided: " + decision + " (expected: accepted)");
    }
}
