package io.stockledger.projections.view;

import java.time.Duration;

/**
 * How the views work.
 *
 * @param mostPerBatch facts in one transaction; bounds memory and what one failure repeats
 * @param rest between two batches that are not full: under load fewer and larger batches, a lone fact at once
 * @param readWait how long one look for new facts lasts; also how soon closing is noticed
 * @param firstRetry how long to wait after a failure of the database or the store; doubles with each further one
 * @param longestRetry where that doubling ends
 * @param takeOver how often a node asks whether the one that works on a view is gone
 * @param mostParkedSequences a view with more of them stops, because then the fault is not in the facts
 */
public record ViewSettings(
        int mostPerBatch,
        Duration rest,
        Duration readWait,
        Duration firstRetry,
        Duration longestRetry,
        Duration takeOver,
        int mostParkedSequences) {

    public static ViewSettings standard() {
        return new ViewSettings(
                5_000,
                Duration.ofMillis(10),
                Duration.ofMillis(250),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                1_000);
    }
}
