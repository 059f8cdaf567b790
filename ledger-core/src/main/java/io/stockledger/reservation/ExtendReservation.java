package io.stockledger.reservation;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets a living reservation end later; never sooner.
 *
 * @param timeToLive from the record time, in whole microseconds
 * @param expectedVersion the reservation's version that the caller saw; null: any
 */
public record ExtendReservation(
        DocumentRef document,
        String reservation,
        Duration timeToLive,
        @Nullable Long expectedVersion) implements Command {

    public ExtendReservation {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.identifier("reservationId", reservation, 128);
        timeToLive = TimeToLive.check(timeToLive);
    }

    @Override
    public String name() {
        return "extend-reservation";
    }

    @Override
    public Fingerprint fingerprint() {
        return Fingerprint.of("extend-reservation/1")
                .field("reservationId", reservation)
                .field("timeToLive", timeToLive.toString());
    }
}
