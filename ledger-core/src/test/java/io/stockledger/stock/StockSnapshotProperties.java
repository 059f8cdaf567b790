package io.stockledger.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.NewFact;
import io.stockledger.decision.Moment;
import io.stockledger.document.Command;
import io.stockledger.ledger.LocationTie;
import io.stockledger.ledger.Rules;
import io.stockledger.scenario.FoldedStreams;
import io.stockledger.scenario.RandomCommands;
import io.stockledger.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A state that was stored whole is the state that it was. */
class StockSnapshotProperties {

    @Property(tries = 40)
    void aRestoredSnapshotIsTheSameStateAndGoesOnAsTheSame(@ForAll long seed) {
        FoldedStreams streams = new FoldedStreams();
        Set<String> documents = new HashSet<>();
        List<Command> commands = new ArrayList<>(RandomCommands.opening());
        RandomCommands random = new RandomCommands("c", seed);
        for (int i = 0; i < 150; i++) {
            commands.add(random.next());
        }
        int second = 0;
        for (Command command : commands) {
            Moment at = Moment.of(Scenario.NOON.plusSeconds(20L * second++));
            if (documents.add(command.document().stream())
                    && Rules.decide(command, streams, at, LocationTie.NONE) instanceof Decision.Accepted accepted) {
                for (NewFact effect : accepted.effects()) {
                    if (effect.fact() instanceof StockFact stock) {
                        goesOnAsTheSame(streams, stock, at);
                    }
                    streams.add(effect, at);
                }
                streams.add(command.document().stream(), accepted.document(), at.happened());
            }
        }
    }

    private static void goesOnAsTheSame(FoldedStreams streams, StockFact next, Moment at) {
        streams.find(StockState.STREAM, StockState.key(next.sku(), next.location()))
                .ifPresent(state -> {
                    StockState restored = StockSnapshot.of(state).restore();
                    assertThat(restored).isEqualTo(state);
                    for (int minutes : new int[] {0, 10, 29, 30, 31}) {
                        Instant later = at.recordTime().plus(Duration.ofMinutes(minutes));
                        assertThat(restored.levels(later)).isEqualTo(state.levels(later));
                    }
                    assertThat(StockState.after(restored, next, at.happened()))
                            .isEqualTo(StockState.after(state, next, at.happened()));
                });
    }
}
