package io.stockledger.reservation;

import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How long a reservation may be wanted for. */
final class TimeToLive {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(90);

    private TimeToLive() {}

    /**
     * In whole microseconds, as stores and views keep instants.
     *
     * @throws InvalidCommand when it is missing, too short or too long
     */
    static Duration check(@Nullable Duration timeToLive) {
        Duration whole = Check.present("timeToLive", timeToLive).truncatedTo(ChronoUnit.MICROS);
        if (whole.compareTo(SHORTEST) < 0 || whole.compareTo(LONGEST) > 0) {
            throw new InvalidCommand("timeToLive", whole + " (expected: " + SHORTEST + " to " + LONGEST + ")");
        }
        return whole;
    }
}
