package io.stockledger.api.problem;

import com.google.rpc.Code;

/**
 * A kind of no, as both wires tell it.
 *
 * @param reason as in ErrorInfo.reason, for example {@code INSUFFICIENT_STOCK}
 * @param title the same in a few words, for a person
 * @param httpStatus of the problem document
 * @param grpcCode of the status
 * @param meaning when it is answered, and what a caller can do
 */
public record ProblemType(String reason, String title, int httpStatus, Code grpcCode, String meaning) {

    private static final String URI_PREFIX = "urn:stockledger:problem:";

    /** Names the type in a problem document, for example {@code urn:stockledger:problem:insufficient-stock}. */
    public String uri() {
        return URI_PREFIX + reason.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
