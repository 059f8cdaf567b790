package io.stockledger.reservation;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.Fingerprint;

/** Ends a living reservation without a sale. */
public record ReleaseReservation(DocumentRef document, String reservation) implements Command {

    public ReleaseReservation {
        document.mustBe(DocumentRef.Kind.INSTRUCTION);
        Check.identifier("reservationId", reservation, 128);
    }

    @Override
    public String name() {
        return "release-reservation";
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of("release-reservation/1").with(reservation).text();
    }
}
