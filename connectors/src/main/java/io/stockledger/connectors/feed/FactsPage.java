package io.stockledger.connectors.feed;

import io.stockledger.projections.history.HistoryFact;
import java.util.List;

/**
 * Facts in the ledger's order.
 *
 * @param next what to ask for next: all facts up to here have been looked at, whether they were wanted or not
 * @param head the last position of the ledger when it was last looked at; nothing is left when {@code next} is there
 */
public record FactsPage(List<HistoryFact> facts, long next, long head) {}
