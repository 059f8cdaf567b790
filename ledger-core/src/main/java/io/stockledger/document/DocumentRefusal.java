package io.stockledger.document;

import java.util.List;
import java.util.Set;

/** Why no document may be made of a command, whatever it asks for. */
public sealed interface DocumentRefusal extends Refusal {

    /**
     * The document was accepted before, or this try of it refused, with other content. What was first stands.
     *
     * @param differing the fields that differ, as the command names them; empty when that cannot be told
     */
    record IdReused(String document, List<String> differing) implements DocumentRefusal {
        public IdReused {
            differing = List.copyOf(differing);
        }

        @Override
        public String message() {
            return "Document '" + document + "' was sent before with other content"
                    + (differing.isEmpty() ? "" : " in " + String.join(", ", differing))
                    + " (expected: the same content, or a new id; of a document that was refused, a new try id will do).";
        }
    }

    /** The principal is tied to other locations. */
    record LocationNotAllowed(String location) implements DocumentRefusal {
        @Override
        public String message() {
            return "These credentials may not change stock at location '" + location + "'.";
        }

        @Override
        public Set<String> locations() {
            return Set.of(location);
        }
    }

    /** Somebody changed it since the caller looked. */
    record VersionMoved(String subject, long expected, long actual) implements DocumentRefusal {
        @Override
        public String message() {
            return "Version " + actual + " of '" + subject + "' is the latest (expected: version " + expected
                    + ", as the command says; look again and decide anew).";
        }
    }
}
