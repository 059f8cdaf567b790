package io.stockledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.Decision;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.Fact;
import io.stockledger.ledger.LocationTie;
import io.stockledger.ledger.Rules;
import io.stockledger.scenario.FoldedStreams;
import io.stockledger.scenario.RandomCommands;
import io.stockledger.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is read is what was written. */
class FactSerializerProperties {

    private static final FactSerializer SERIALIZER = FactSerializer.create();

    @Property(tries = 10)
    void everyFactReadsAsItWasWritten(@ForAll long seed) {
        FoldedStreams streams = new FoldedStreams();
        Set<String> documents = new HashSet<>();
        List<Command> commands = new ArrayList<>(RandomCommands.opening());
        RandomCommands random = new RandomCommands("c", seed);
        for (int i = 0; i < 200; i++) {
            commands.add(random.next());
        }
        for (Command command : commands) {
            if (documents.add(command.document().stream())) {
                Decision decision = Rules.decide(command, streams, Scenario.NOON, LocationTie.NONE);
                if (decision instanceof Decision.Accepted accepted) {
                    accepted.effects().forEach(effect -> readsAsWritten(effect.fact()));
                    readsAsWritten(accepted.document());
                    accepted.effects().forEach(effect -> streams.add(effect.stream(), effect.fact()));
                    streams.add(command.document().stream(), accepted.document());
                } else {
                    readsAsWritten(new CommandRefused(command.name(), ((Decision.Refused) decision).refusal()));
                }
            }
        }
    }

    private static void readsAsWritten(Fact fact) {
        assertThat(SERIALIZER.<byte[], Fact>deserialize(SERIALIZER.serialize(fact, byte[].class)))
                .isEqualTo(fact);
    }
}
