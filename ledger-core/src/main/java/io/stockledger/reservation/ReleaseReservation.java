package io.stockledger.reservation;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Ends a living reservation without a sale.
 *
 * @param expectedVersion the reservation's version that the caller saw; null: any
 */
public record ReleaseReservation(
        DocumentRef document, String reservation, @Nullable Long expectedVersion) implements Command {

    public ReleaseReservation {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.identifier("reservationId", reservation, 128);
    }

    @Override
    public String name() {
        return "release-reservation";
    }

    @Override
    public Fingerprint fingerprint() {
        return Fingerprint.of("release-reservation/1").field("reservationId", reservation);
    }
}
