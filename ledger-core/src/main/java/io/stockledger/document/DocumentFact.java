package io.stockledger.document;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts that any kind of document may begin with. */
public sealed interface DocumentFact extends Fact {

    /**
     * A try of the document was refused; a repeat of the try gets the same refusal.
     *
     * @param locations those that the command named and that the refusal tells of
     */
    record CommandRefused(String command, Refusal refusal, Set<String> locations) implements DocumentFact {
        public CommandRefused {
            locations = Fact.inOrder(locations);
        }

        public static CommandRefused of(Command command, Refusal refusal) {
            Set<String> locations = new HashSet<>(command.locations());
            locations.addAll(refusal.locations());
            return new CommandRefused(command.name(), refusal, locations);
        }
    }

    /**
     * A command whose whole effect is on other streams was accepted.
     *
     * @param command what was asked, for example {@code set-safety-stock}
     * @param subject what it was about, for example {@code stock:0001@berlin-1}
     * @param version of the subject, after the command
     * @param endsAt from when on a promise counts no more that the command changed; null for other subjects
     * @param posted what the subject holds now; none for subjects that hold nothing
     */
    record InstructionAccepted(
            String command,
            String subject,
            long version,
            Set<String> locations,
            @Nullable Instant endsAt,
            List<PostedLine> posted)
            implements DocumentFact {
        public InstructionAccepted {
            locations = Fact.inOrder(locations);
            posted = List.copyOf(posted);
        }

        /** About what holds nothing. */
        public static InstructionAccepted of(String command, String subject, long version, Set<String> locations) {
            return new InstructionAccepted(command, subject, version, locations, null, List.of());
        }
    }
}
