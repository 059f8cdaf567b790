package io.stockledger.document;

import java.util.Set;

/**
 * Why the ledger would not do what a command asked, with the numbers that a person needs. Each feature has its own in
 * one sealed {@code …Refusal}; what they are called, and what kind of no each is, stands in {@code RefusalCatalogue}.
 *
 * <p>A refusal belongs to one try of a document: a repeat of the try gets it again, and another try is decided anew.
 */
public interface Refusal {

    /** What happened and what would have been expected, in one sentence for a person. */
    String message();

    /** The locations of which it tells something. */
    default Set<String> locations() {
        return Set.of();
    }
}
