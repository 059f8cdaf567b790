package io.stockledger.projections.view;

import java.time.Duration;
import java.time.Instant;

/**
 * For when an answer holds.
 *
 * @param position the last position that the view has seen
 * @param head the last position of the ledger, of this node's own appends now, of others' when the view last looked
 * @param behind how long the view has been behind; zero when it is not
 * @param at the instant for which living reservations were counted, in microseconds
 */
public record AsOf(long position, long head, Duration behind, Instant at) {}
