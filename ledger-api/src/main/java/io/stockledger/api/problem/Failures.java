package io.stockledger.api.problem;

import com.google.rpc.Code;
import io.stockledger.api.wire.MalformedRequest;
import io.stockledger.document.InvalidCommand;
import io.stockledger.ledger.FactStore.OutcomeUnknown;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import io.stockledger.ledger.LedgerBusy;
import io.stockledger.projections.view.ViewBehind;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/** The catalogue of what else can go wrong with a request, beside the ledger's own refusals. */
public final class Failures {

    public static final ProblemType MALFORMED_REQUEST = new ProblemType(
            "MALFORMED_REQUEST",
            "Malformed request",
            400,
            Code.INVALID_ARGUMENT,
            "Not JSON, or a field that is unknown, doubled or of another type. The value `field` says where.");
    public static final ProblemType INVALID_COMMAND = new ProblemType(
            "INVALID_COMMAND",
            "Invalid command",
            422,
            Code.INVALID_ARGUMENT,
            "Could never be valid, for example a quantity of 0. Not stored: the same document id may be sent again"
                    + " with the mistake mended. The value `field` says where.");
    public static final ProblemType UNAUTHENTICATED = new ProblemType(
            "UNAUTHENTICATED",
            "Not authenticated",
            401,
            Code.UNAUTHENTICATED,
            "No credentials, or ones that are unknown, revoked or out of date.");
    public static final ProblemType ISSUER_UNAVAILABLE = new ProblemType(
            "ISSUER_UNAVAILABLE",
            "Issuer unavailable",
            503,
            Code.UNAVAILABLE,
            "The issuer of tokens does not answer, so this one cannot be checked. Send the same again; API keys work.");
    public static final ProblemType NOT_PERMITTED = new ProblemType(
            "NOT_PERMITTED",
            "Not permitted",
            403,
            Code.PERMISSION_DENIED,
            "None of the principal's roles may do this. The value `permission` says what was needed.");
    public static final ProblemType NOT_FOUND =
            new ProblemType("NOT_FOUND", "Not found", 404, Code.NOT_FOUND, "There is nothing of that name.");
    public static final ProblemType METHOD_NOT_ALLOWED = new ProblemType(
            "METHOD_NOT_ALLOWED",
            "Method not allowed",
            405,
            Code.UNIMPLEMENTED,
            "The path exists, but not for this method. REST only.");
    public static final ProblemType NOT_ACCEPTABLE = new ProblemType(
            "NOT_ACCEPTABLE",
            "Not acceptable",
            406,
            Code.INVALID_ARGUMENT,
            "The answer is not available in the media type asked for. REST only.");
    public static final ProblemType TOO_LARGE = new ProblemType(
            "TOO_LARGE",
            "Too large",
            413,
            Code.RESOURCE_EXHAUSTED,
            "The request has more bytes than are read. Send several smaller ones.");
    public static final ProblemType UNSUPPORTED_MEDIA_TYPE = new ProblemType(
            "UNSUPPORTED_MEDIA_TYPE",
            "Unsupported media type",
            415,
            Code.INVALID_ARGUMENT,
            "The body is not of the media type that is read here. REST only.");
    public static final ProblemType RATE_LIMITED = new ProblemType(
            "RATE_LIMITED",
            "Rate limited",
            429,
            Code.RESOURCE_EXHAUSTED,
            "The principal sends more than it may, or an address more wrong enrolment codes. Wait as long as the answer"
                    + " says.");
    public static final ProblemType BUSY = new ProblemType(
            "BUSY",
            "Busy",
            429,
            Code.RESOURCE_EXHAUSTED,
            "Too many commands wait. Nothing was decided; send the same again after a moment.");
    public static final ProblemType STORE_UNAVAILABLE = new ProblemType(
            "STORE_UNAVAILABLE",
            "Store unavailable",
            503,
            Code.UNAVAILABLE,
            "The store does not answer, or the service is stopping. Nothing was written; send the same again.");
    public static final ProblemType OUTCOME_UNKNOWN = new ProblemType(
            "OUTCOME_UNKNOWN",
            "Outcome unknown",
            503,
            Code.UNAVAILABLE,
            "The store was lost while it wrote. Send the same again: it takes effect once in any case.");
    public static final ProblemType VIEW_BEHIND = new ProblemType(
            "VIEW_BEHIND",
            "View behind",
            504,
            Code.DEADLINE_EXCEEDED,
            "The view did not reach the position asked for in time. Ask again, or for less.");
    public static final ProblemType UNREADABLE_SNAPSHOT = new ProblemType(
            "UNREADABLE_SNAPSHOT",
            "Unreadable snapshot",
            422,
            Code.INVALID_ARGUMENT,
            "The file is no ERP snapshot; nothing of it was stored. The values say what is wrong in which line."
                    + " REST only.");
    public static final ProblemType STILL_PARKED = new ProblemType(
            "STILL_PARKED",
            "Still parked",
            409,
            Code.FAILED_PRECONDITION,
            "The view still cannot take a fact that it had set aside. Nothing changed. REST only.");
    public static final ProblemType NOT_REBUILDABLE = new ProblemType(
            "NOT_REBUILDABLE",
            "Not rebuildable",
            409,
            Code.FAILED_PRECONDITION,
            "It acts on other systems: built anew, it would do again what it has done. REST only.");
    public static final ProblemType INTERNAL = new ProblemType(
            "INTERNAL",
            "Internal error",
            500,
            Code.INTERNAL,
            "A fault of the service. The log has it under the value `requestId`.");

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(1);

    private Failures() {}

    public static List<ProblemType> types() {
        return List.of(
                MALFORMED_REQUEST,
                INVALID_COMMAND,
                UNAUTHENTICATED,
                ISSUER_UNAVAILABLE,
                NOT_PERMITTED,
                NOT_FOUND,
                METHOD_NOT_ALLOWED,
                NOT_ACCEPTABLE,
                TOO_LARGE,
                UNSUPPORTED_MEDIA_TYPE,
                RATE_LIMITED,
                BUSY,
                STORE_UNAVAILABLE,
                OUTCOME_UNKNOWN,
                VIEW_BEHIND,
                UNREADABLE_SNAPSHOT,
                STILL_PARKED,
                NOT_REBUILDABLE,
                INTERNAL);
    }

    public static Problem issuerUnavailable() {
        return Problem.of(ISSUER_UNAVAILABLE, "The issuer of tokens does not answer.")
                .retryAfter(LATER);
    }

    public static Problem rateLimited(String principal, Duration wait) {
        return Problem.of(RATE_LIMITED, "Principal '" + principal + "' sends more than it may.")
                .retryAfter(wait);
    }

    public static Problem tooManyWrongCodes(Duration wait) {
        return Problem.of(RATE_LIMITED, "Too many wrong enrolment codes came from this address.")
                .retryAfter(wait);
    }

    /** @param message of what there are too many */
    public static Problem busy(String message) {
        return Problem.of(BUSY, message).retryAfter(SOON);
    }

    /** What a caller is told of a failure. One that has no answer of its own is logged here, once. */
    public static Problem problem(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return problem(failure.getCause());
        }
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof RequestRefused refused) {
            return refused.problem();
        }
        if (failure instanceof InvalidCommand invalid) {
            return Problem.of(INVALID_COMMAND, message, Map.of("field", invalid.field()));
        }
        if (failure instanceof MalformedRequest malformed) {
            Map<String, String> values = malformed.field().isEmpty() ? Map.of() : Map.of("field", malformed.field());
            return Problem.of(MALFORMED_REQUEST, message, values);
        }
        if (failure instanceof LedgerBusy) {
            return busy("Too many commands wait; nothing was decided.");
        }
        if (failure instanceof StoreUnavailable) {
            return Problem.of(STORE_UNAVAILABLE, "The store does not answer; nothing was written.")
                    .retryAfter(LATER);
        }
        if (failure instanceof OutcomeUnknown) {
            return Problem.of(
                            OUTCOME_UNKNOWN,
                            "The store was lost while it wrote; sending the same again takes effect once.")
                    .retryAfter(LATER);
        }
        if (failure instanceof RejectedExecutionException) {
            return busy("Too many queries wait.");
        }
        if (failure instanceof ViewBehind behind) {
            return viewBehind(behind.view(), behind.position(), behind.asked());
        }
        if (isDatabaseAway(failure)) {
            LOG.warn("The database does not answer: {}", message);
            return Problem.of(STORE_UNAVAILABLE, "The database does not answer.")
                    .retryAfter(LATER);
        }
        String requestId = RequestId.current().id();
        LOG.error("A request failed, request id {}", requestId, failure);
        return Problem.of(INTERNAL, "The service failed; its log says why.", Map.of("requestId", requestId));
    }

    /** @param position where the view is */
    public static Problem viewBehind(String view, long position, long asked) {
        return Problem.of(
                        VIEW_BEHIND,
                        "View '" + view + "' is at position " + position + " (expected: " + asked + " or later).",
                        Map.of(
                                "view", view,
                                "position", String.valueOf(position),
                                "asked", String.valueOf(asked)))
                .retryAfter(LATER);
    }

    private static boolean isDatabaseAway(Throwable failure) {
        return failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException;
    }
}
