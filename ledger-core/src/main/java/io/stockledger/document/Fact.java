package io.stockledger.document;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something that happened, immutable once stored. All facts of one kind of stream stand in one sealed file
 * beside the state that they make. Their stored names stand in {@code FactNames}.
 */
public interface Fact {

    /**
     * The locations of which it tells something; empty when of none. Who is tied to locations may cause, and is told of,
     * only what happened there or nowhere in particular.
     */
    Set<String> locations();

    /** What the sender of a document that begins with this fact is told of it, item by item. */
    default List<PostedLine> posted() {
        return List.of();
    }

    /** Names in one order, so that the same fact is stored in the same bytes. */
    static Set<String> inOrder(Collection<String> names) {
        return Collections.unmodifiableSet(new TreeSet<>(names));
    }
}
