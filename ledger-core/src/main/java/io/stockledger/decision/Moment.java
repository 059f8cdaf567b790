package io.stockledger.decision;

import java.time.Instant;

/**
 * When something is decided, and when what it is about took place.
 *
 * @param recordTime of the facts that come of it
 * @param businessTime as whoever sent the command said
 */
public record Moment(Instant recordTime, Instant businessTime) {

    /** Of what takes place as it is recorded. */
    public static Moment of(Instant recordTime) {
        return new Moment(recordTime, recordTime);
    }

    /** When it took place. Nothing is told before it does, so a clock that is ahead is not believed. */
    public Instant happened() {
        return businessTime.isBefore(recordTime) ? businessTime : recordTime;
    }
}
