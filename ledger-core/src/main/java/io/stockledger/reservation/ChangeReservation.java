package io.stockledger.reservation;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import io.stockledger.item.ItemLines.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a living reservation hold something else from now on: more, less or other items. All of it or nothing changes.
 *
 * @param location null: the ledger chooses, first among the locations where it holds something
 * @param timeToLive from the record time, in whole microseconds; null: it ends when it would have ended
 * @param lines all that it is to hold
 * @param expectedVersion the reservation's version that the caller saw; null: any
 */
public record ChangeReservation(
        DocumentRef document,
        String reservation,
        @Nullable String location,
        @Nullable Duration timeToLive,
        List<Asked> lines,
        @Nullable Long expectedVersion)
        implements Command {

    public ChangeReservation {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.identifier("reservationId", reservation, 128);
        location = Check.optionalCode("location", location);
        timeToLive = timeToLive == null ? null : TimeToLive.check(timeToLive);
        lines = Check.lines("lines", lines);
        Check.each("lines", lines, line -> Check.positive("lines.quantity", line.quantity()));
    }

    @Override
    public Set<String> locations() {
        return location == null ? Set.of() : Set.of(location);
    }

    @Override
    public String name() {
        return "change-reservation";
    }

    @Override
    public Fingerprint fingerprint() {
        Fingerprint fingerprint = Fingerprint.of("change-reservation/1")
                .field("reservationId", reservation)
                .field("location", location)
                .field("timeToLive", timeToLive == null ? null : timeToLive.toString())
                .field("lines");
        for (Asked line : lines) {
            line.item().addTo(fingerprint);
            fingerprint.with(line.quantity());
        }
        return fingerprint;
    }
}
