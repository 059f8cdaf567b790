package io.stockledger.projections.view;

import io.stockledger.ledger.StoredFact;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in the feed one command ends and the next begins. The facts of a command stand together, its effects first and
 * its document's fact last.
 */
final class Commands {

    /** Each of its at most 1,000 lines tells a handful. */
    static final int MOST_FACTS = 10_000;

    private Commands() {}

    static List<StoredFact> joined(List<StoredFact> first, List<StoredFact> then) {
        if (first.isEmpty()) {
            return then;
        }
        List<StoredFact> both = new ArrayList<>(first.size() + then.size());
        both.addAll(first);
        both.addAll(then);
        return both;
    }

    /** How many facts there are up to the last end of a command; 0 when none ends among them. */
    static int lastEnd(List<StoredFact> facts) {
        for (int count = facts.size(); count > 0; count--) {
            if (isEnd(facts, count)) {
                return count;
            }
        }
        return 0;
    }

    /** Where to part facts in two, neither empty: near the middle, between two commands where there are two. */
    static int middle(List<StoredFact> facts) {
        int half = facts.size() / 2;
        for (int away = 0; away < half; away++) {
            if (isEnd(facts, half - away)) {
                return half - away;
            }
            if (half + away < facts.size() && isEnd(facts, half + away)) {
                return half + away;
            }
        }
        return half;
    }

    private static boolean isEnd(List<StoredFact> facts, int count) {
        StoredFact last = facts.get(count - 1);
        String document = last.meta().document();
        return last.stream().equals(document)
                || (count < facts.size() && !facts.get(count).meta().document().equals(document));
    }
}
