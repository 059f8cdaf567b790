package io.stockledger.api.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** How many calls each principal has open on this node, over all its connections. */
final class OpenCalls {

    /** A webshop of twenty machines that each have a hundred under way. */
    static final int MOST_OF_ONE = 2_000;

    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * Counts a call until it has ended.
     *
     * @param begin begins it
     * @throws RequestRefused when the principal has too many open
     */
    <Q> ServerCall.Listener<Q> counted(String principal, Supplier<ServerCall.Listener<Q>> begin) {
        if (open.merge(principal, 1, Integer::sum) > MOST_OF_ONE) {
            end(principal);
            throw new RequestRefused(
                    Failures.busy("'" + principal + "' has " + MOST_OF_ONE + " calls open on this node already."));
        }
        try {
            return new Counted<>(begin.get(), () -> end(principal));
        } catch (RuntimeException e) {
            end(principal);
            throw e;
        }
    }

    private void end(String principal) {
        open.computeIfPresent(principal, (name, calls) -> calls == 1 ? null : calls - 1);
    }

    /** gRPC tells each call once how it ended: completed, or cancelled. */
    private static final class Counted<Q> extends SimpleForwardingServerCallListener<Q> {

        private final Runnable ended;

        private Counted(ServerCall.Listener<Q> call, Runnable ended) {
            super(call);
            this.ended = ended;
        }

        @Override
        public void onComplete() {
            ended.run();
            super.onComplete();
        }

        @Override
        public void onCancel() {
            ended.run();
            super.onCancel();
        }
    }
}
