package io.stockledger.decision;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.Fact;
import io.stockledger.document.PostedLine;
import io.stockledger.document.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rule makes of a command: facts to append, or a refusal. */
public sealed interface Decision {

    /**
     * @param document the first fact of the document's own stream, which is also the answer
     * @param effects facts for other streams that the rule has looked at, in order
     */
    record Accepted(Fact document, List<NewFact> effects) implements Decision {}

    record Refused(Refusal refusal) implements Decision {}

    /**
     * A fact and the stream that it is to be appended to.
     *
     * @param happened when what it tells took place; null: when what the command is about did
     */
    record NewFact(String stream, Fact fact, @Nullable Instant happened) {
        public NewFact(String stream, Fact fact) {
            this(stream, fact, null);
        }
    }

    static Decision refuse(Refusal refusal) {
        return new Refused(refusal);
    }

    static Decision accept(Fact document, List<NewFact> effects) {
        return new Accepted(document, List.copyOf(effects));
    }

    /** Gathers effects while a rule walks its lines. */
    final class Effects {

        private final List<NewFact> facts = new ArrayList<>();

        public <S> Effects add(StreamType<S> type, String key, Fact fact) {
            facts.add(new NewFact(type.stream(key), fact));
            return this;
        }

        /** A fact about another time than what the command is about. */
        public <S> Effects add(StreamType<S> type, String key, Fact fact, Instant happened) {
            facts.add(new NewFact(type.stream(key), fact, happened));
            return this;
        }

        public Decision accept(Fact document) {
            return Decision.accept(document, facts);
        }

        /**
         * Accepts a command whose whole effect is on other streams.
         *
         * @param type with {@code key} the stream that it is about
         * @param locations those that it is about
         */
        public <S> Decision instruct(
                Command command, Streams streams, StreamType<S> type, String key, Set<String> locations) {
            return instruct(command, streams, type, key, locations, null, List.of());
        }

        /**
         * The same, for what holds units until an instant.
         *
         * @param endsAt null: it has ended
         * @param posted what it holds now
         */
        public <S> Decision instruct(
                Command command,
                Streams streams,
                StreamType<S> type,
                String key,
                Set<String> locations,
                @Nullable Instant endsAt,
                List<PostedLine> posted) {
            String subject = type.stream(key);
            long added =
                    facts.stream().filter(fact -> fact.stream().equals(subject)).count();
            return accept(new InstructionAccepted(
                    command.name(), subject, streams.version(type, key) + added, locations, endsAt, posted));
        }
    }
}
