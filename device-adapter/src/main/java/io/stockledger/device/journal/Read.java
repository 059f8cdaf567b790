package io.stockledger.device.journal;

import com.google.protobuf.ByteString;
import io.stockledger.device.scan.Mode;
import java.time.Instant;
import java.util.Optional;

/**
 * One scan of one device.
 *
 * @param sequence of the device, from 1 without gaps
 * @param raw the bytes as they came, one character each
 * @param mode of the device when it was scanned
 * @param quantity that a count barcode had set for it
 * @param attempt 1, and one more for each time that a person sent it anew
 * @param documentId of the command; the same as long as the attempt is
 * @param message the command, or the count's line, as protobuf bytes; empty if it is none
 * @param description what it was understood as, for people
 * @param reason why it was parked; empty if it is not
 * @param detail the reason in a sentence
 */
public record Read(
        String device,
        long sequence,
        Instant readAt,
        String raw,
        Mode mode,
        Optional<String> quantity,
        ReadState state,
        int attempt,
        String documentId,
        ByteString message,
        String description,
        String reason,
        String detail) {

    /** The reason of a read on which the ledger broke every time; its effect is not known. */
    public static final String LEDGER_FAULT = "LEDGER_FAULT";

    public Read as(ReadState next, String nextReason, String nextDetail) {
        return new Read(
                device,
                sequence,
                readAt,
                raw,
                mode,
                quantity,
                next,
                attempt,
                documentId,
                message,
                description,
                nextReason,
                nextDetail);
    }
}
