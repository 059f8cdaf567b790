package io.stockledger.api.problem;

import io.stockledger.v1.RefusedLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One no, with the numbers that a person needs.
 *
 * @param values by name, for example {@code channel}
 * @param lines those that could not be met; empty where the reason has none
 * @param retryAfter how long to wait before the same request is worth sending again; empty when it never is
 */
public record Problem(
        ProblemType type,
        String message,
        Map<String, String> values,
        List<RefusedLine> lines,
        Optional<Duration> retryAfter) {

    public Problem {
        values = Map.copyOf(values);
        lines = List.copyOf(lines);
    }

    public static Problem of(ProblemType type, String message, Map<String, String> values) {
        return new Problem(type, message, values, List.of(), Optional.empty());
    }

    public static Problem of(ProblemType type, String message) {
        return of(type, message, Map.of());
    }

    Problem retryAfter(Duration wait) {
        return new Problem(type, message, values, lines, Optional.of(wait));
    }
}
