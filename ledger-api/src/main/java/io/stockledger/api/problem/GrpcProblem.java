package io.stockledger.api.problem;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.stockledger.v1.Failed;
import io.stockledger.v1.Refusal;
import io.stockledger.v1.RefusedLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A problem as gRPC tells it: a status with ErrorInfo, RetryInfo and the typed refusal, or a stream's reply. */
public final class GrpcProblem {

    private static final String DOMAIN = "stockledger";
    /** A status travels in a header, of which clients read 8 KiB by default. */
    private static final int MOST_LINES_IN_STATUS = 5;

    private static final int LONGEST_MESSAGE = 300;

    private GrpcProblem() {}

    public static StatusRuntimeException exception(Problem problem) {
        Status.Builder status = Status.newBuilder()
                .setCode(problem.type().grpcCode().getNumber())
                .setMessage(message(problem))
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(problem.type().reason())
                        .putAllMetadata(metadata(problem))
                        .build()))
                .addDetails(Any.pack(refusal(problem, MOST_LINES_IN_STATUS)));
        problem.retryAfter()
                .ifPresent(wait -> status.addDetails(Any.pack(
                        RetryInfo.newBuilder().setRetryDelay(duration(wait)).build())));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    public static Failed failed(Problem problem) {
        Failed.Builder failed = Failed.newBuilder()
                .setCode(problem.type().grpcCode().getNumber())
                .setMessage(message(problem))
                .setReason(problem.type().reason())
                .putAllMetadata(metadata(problem))
                .setRefusal(refusal(problem));
        problem.retryAfter().ifPresent(wait -> failed.setRetryAfter(duration(wait)));
        return failed.build();
    }

    /** The values, and the first line's numbers, for those who read no typed details. */
    private static Map<String, String> metadata(Problem problem) {
        Map<String, String> metadata = new HashMap<>(problem.values());
        if (!problem.lines().isEmpty()) {
            RefusedLine first = problem.lines().get(0);
            metadata.put("lines", String.valueOf(problem.lines().size()));
            metadata.put("sku", first.getSku());
            metadata.put("location", first.getLocation());
            metadata.put("requested", first.getRequested());
            metadata.put("available", first.getAvailable());
        }
        return metadata;
    }

    /** The typed form of a problem, with all its lines. */
    public static Refusal refusal(Problem problem) {
        return refusal(problem, Integer.MAX_VALUE);
    }

    private static Refusal refusal(Problem problem, int mostLines) {
        List<RefusedLine> lines = problem.lines();
        return Refusal.newBuilder()
                .setReason(problem.type().reason())
                .setMessage(message(problem))
                .putAllValues(problem.values())
                .addAllLines(lines.subList(0, Math.min(mostLines, lines.size())))
                .build();
    }

    private static String message(Problem problem) {
        String message = problem.message();
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    }

    private static Duration duration(java.time.Duration wait) {
        return Duration.newBuilder()
                .setSeconds(wait.getSeconds())
                .setNanos(wait.getNano())
                .build();
    }
}
