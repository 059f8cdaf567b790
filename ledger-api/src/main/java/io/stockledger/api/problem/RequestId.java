package io.stockledger.api.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a request is called: in its answer, in problems, in the log, and beside the facts of its documents where its sender
 * gave the id. One that the service makes up is no use there, since nobody else knows it.
 *
 * @param id as it was sent in {@code X-Request-Id}, else the trace id of {@code traceparent}, else made up
 * @param given whether the sender gave it
 * @param traceparent the sender's place in a trace, by W3C Trace Context; null: it told none that can be read
 */
public record RequestId(String id, boolean given, @Nullable String traceparent) {

    public static final String HEADER = "X-Request-Id";
    public static final String TRACE_HEADER = "traceparent";

    /** Under which each line of the log has it. */
    private static final String LOGGED = "requestId";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private static final Pattern TRACE =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** Versions to come may say more behind the same parts. */
    private static final Pattern LATER_TRACE = Pattern.compile("(?!00)" + TRACE + "-[!-~]{1,200}");

    private static final int TRACE_ID_AT = 3;
    private static final int TRACE_ID_LENGTH = 32;

    /**
     * What is not valid counts as not sent.
     *
     * @param id null: was not sent
     * @param traceparent null: was not sent
     */
    public static RequestId of(@Nullable String id, @Nullable String traceparent) {
        @Nullable String trace = traceparent != null && isTrace(traceparent) ? traceparent : null;
        if (id != null && ID.matcher(id).matches()) {
            return new RequestId(id, true, trace);
        }
        return trace == null
                ? madeUp()
                : new RequestId(trace.substring(TRACE_ID_AT, TRACE_ID_AT + TRACE_ID_LENGTH), true, trace);
    }

    private static boolean isTrace(String traceparent) {
        return TRACE.matcher(traceparent).matches()
                || LATER_TRACE.matcher(traceparent).matches();
    }

    /** As a trace id is written, so that it can become one. */
    public static RequestId madeUp() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return new RequestId(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()), false, null);
    }

    /** The one that this thread is at work for; made up where it is at work for none. */
    public static RequestId current() {
        String id = MDC.get(LOGGED);
        return id == null ? madeUp() : new RequestId(id, false, null);
    }

    /** The id to keep beside facts; null where the sender gave none. */
    public @Nullable String kept() {
        return given ? id : null;
    }

    /** What is logged meanwhile on this thread has the id. */
    public <T> T logged(Supplier<T> work) {
        try (Logged meanwhile = logged()) {
            return work.get();
        }
    }

    /** What this thread logs until it is closed has the id. */
    public Logged logged() {
        @Nullable String before = MDC.get(LOGGED);
        MDC.put(LOGGED, id);
        return new Logged(before);
    }

    /** @param before what the thread was at work for; null: for no request */
    public record Logged(@Nullable String before) implements AutoCloseable {

        @Override
        public void close() {
            if (before == null) {
                MDC.remove(LOGGED);
            } else {
                MDC.put(LOGGED, before);
            }
        }
    }
}
