package io.stockledger.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.stockledger.decision.Decision;
import io.stockledger.decision.Moment;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.Fact;
import io.stockledger.ledger.FactMeta;
import io.stockledger.ledger.LocationTie;
import io.stockledger.ledger.Rules;
import io.stockledger.ledger.StoredFact;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.location.LocationKind;
import io.stockledger.scenario.FoldedStreams;
import io.stockledger.scenario.RandomCommands;
import io.stockledger.scenario.Scenario;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** What is read is what was written. */
class FactSerializerProperties {

    private static final FactSerializer SERIALIZER = FactSerializer.create();
    private static final Fact LOCATION = new LocationOpened("shop-1", "Shop", LocationKind.SHOP);
    private static final FactMeta META =
            new FactMeta("open-location", "instruction:1", "none", "test", null, Scenario.NOON, null);

    private final FactJson.Press press = new FactJson.Press();

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
                Decision decision = Rules.decide(command, streams, Moment.of(Scenario.NOON), LocationTie.NONE);
                if (decision instanceof Decision.Accepted accepted) {
                    accepted.effects().forEach(effect -> readsAsWritten(effect.fact()));
                    readsAsWritten(accepted.document());
                    streams.add(command, accepted, Moment.of(Scenario.NOON));
                } else {
                    readsAsWritten(CommandRefused.of(command, ((Decision.Refused) decision).refusal()));
                }
            }
        }
    }

    private void readsAsWritten(Fact fact) {
        DomainEventMessage<Fact> message = message(fact, META);
        SerializedObject<byte[]> payload = message.serializePayload(SERIALIZER, byte[].class);
        assertThat(SERIALIZER.<byte[], Fact>deserialize(payload)).isEqualTo(fact);
        SerializedObject<byte[]> asAxonWrites = SERIALIZER.serialize(fact, byte[].class);
        assertThat(payload.getType()).isEqualTo(asAxonWrites.getType());
        assertThat(payload.getData()).asString().isEqualTo(new String(asAxonWrites.getData(), UTF_8));
    }

    @Property(tries = 200)
    void metaReadsAsItWasWritten(@ForAll @LongRange(min = 0, max = 253_402_214_400_000_000L) long micros) {
        for (String device : Arrays.asList("till-4", null)) {
            Instant businessTime = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            FactMeta meta =
                    new FactMeta("record-sale", "order:1", "print", "Kassa ä \"1\"", device, businessTime, null);
            metaReadsAsItWasWritten(meta);
            metaReadsAsItWasWritten(new FactMeta(
                    meta.command(),
                    meta.document(),
                    meta.fingerprint(),
                    meta.principal(),
                    device,
                    businessTime,
                    "try",
                    Map.of("cost-centre", "ä \"1\"", "a", "b"),
                    "request-7"));
        }
    }

    private void metaReadsAsItWasWritten(FactMeta meta) {
        DomainEventMessage<Fact> message = message(LOCATION, meta);
        MetaData read = SERIALIZER.deserialize(message.serializeMetaData(SERIALIZER, byte[].class));

        assertThat(StoredMeta.read(read)).isEqualTo(meta);
        assertThat(message.getMetaData()).isEqualTo(read);
    }

    @Test
    void aFactThatCannotBeWrittenLeavesNothingForTheNext() {
        Map<String, Object> broken = Map.of("whole", 1, "part", new Broken("half"));
        assertThatThrownBy(() -> press.write(broken)).isInstanceOf(JacksonException.class);
        readsAsWritten(LOCATION);
    }

    @Property(tries = 2_000)
    void anInstantIsWrittenAsThePlatformWritesIt(
            @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nanos) {
        for (int nano : new int[] {0, 5_000_000, nanos / 1_000_000 * 1_000_000, nanos / 1_000 * 1_000, nanos}) {
            Instant instant = Instant.ofEpochSecond(second, nano);
            assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
        }
    }

    private record Broken(String begun) {
        @JsonProperty
        int ended() {
            return Integer.parseInt(begun);
        }
    }

    private DomainEventMessage<Fact> message(Fact fact, FactMeta meta) {
        StoredFact stored = new StoredFact(StoredFact.NO_POSITION, "location:shop-1", 7, fact, meta, Scenario.NOON);
        return FactMessage.of(stored, press.write(fact), press.write(meta));
    }
}
