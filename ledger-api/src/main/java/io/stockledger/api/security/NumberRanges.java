package io.stockledger.api.security;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which document ids are whose. A number range is what ids begin with: who has one makes documents in it alone, and nobody
 * else makes any there, so that a shop's receipt numbers are not used up by another shop.
 */
public final class NumberRanges {

    /** All that any key has, and how long they are. */
    private record Given(Set<String> ranges, Set<Integer> lengths) {

        static Given of(Collection<String> ranges) {
            return new Given(
                    Set.copyOf(ranges), ranges.stream().map(String::length).collect(Collectors.toUnmodifiableSet()));
        }

        boolean has(String id) {
            for (int length : lengths) {
                if (length <= id.length() && ranges.contains(id.substring(0, length))) {
                    return true;
                }
            }
            return false;
        }
    }

    private volatile Given given = Given.of(Set.of());

    /** @param ranges those of all living keys */
    void know(Collection<String> ranges) {
        given = Given.of(ranges);
    }

    /** @throws RequestRefused when the id is in no range of the caller's, or in one of somebody else's */
    public void require(Caller caller, String documentId) {
        if (caller.numberRanges().isEmpty()) {
            if (given.has(documentId)) {
                throw refused(caller, documentId, "an id in no number range that is given to others");
            }
        } else if (caller.numberRanges().stream().noneMatch(documentId::startsWith)) {
            throw refused(caller, documentId, "one that begins with any of " + new TreeSet<>(caller.numberRanges()));
        }
    }

    private static RequestRefused refused(Caller caller, String documentId, String expected) {
        return new RequestRefused(Problem.of(
                Failures.NOT_PERMITTED,
                "Principal '" + caller.name() + "' may not make a document '" + documentId + "' (expected: " + expected
                        + ")."));
    }
}
