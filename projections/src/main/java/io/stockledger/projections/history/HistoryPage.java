package io.stockledger.projections.history;

import io.stockledger.projections.view.AsOf;
import java.util.List;
import java.util.OptionalLong;

/**
 * Facts in the order that was asked for.
 *
 * @param next the position to go on from; empty when there are no more
 * @param parked the first fact behind where the page begins that the view could not take; a question may miss it
 */
public record HistoryPage(List<HistoryFact> facts, OptionalLong next, AsOf asOf, OptionalLong parked) {}
