package io.stockledger.api.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.wire.MalformedRequest;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses as the sender's mistake what gRPC would answer as the service's: bytes that are no message, none, or too many. */
final class UnreadableMessages {

    private final ProblemCounts counts;

    UnreadableMessages(ProblemCounts counts) {
        this.counts = counts;
    }

    /** The same service, with these refused before anybody is asked. */
    ServerServiceDefinition refusedBy(ServerServiceDefinition service) {
        ServiceDescriptor known = service.getServiceDescriptor();
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        service.getMethods().forEach(method -> methods.add(refusedBy(method)));
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(known.getName()).setSchemaDescriptor(known.getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(definition::addMethod);
        return definition.build();
    }

    @SuppressWarnings("unchecked") // a call gives no requests: its listener is given them
    private <Q, A> ServerMethodDefinition<Sent<Q>, A> refusedBy(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> descriptor = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                descriptor.<Sent<Q>, A>toBuilder(
                                new Reading<>(descriptor.getRequestMarshaller()), descriptor.getResponseMarshaller())
                        .build(),
                (call, headers) -> {
                    Answered<Sent<Q>, A> answered = new Answered<>(call);
                    return new Receiving<>(
                            answered,
                            method.getServerCallHandler()
                                    .startCall((ServerCall<Q, A>) (ServerCall<?, A>) answered, headers));
                });
    }

    /**
     * What has come: a message, or why it is none.
     *
     * @param <Q> the method's message
     */
    private record Sent<Q>(@Nullable Q message, @Nullable RuntimeException unread) {}

    /** An exception while gRPC reads would be answered as a fault of the service. */
    private record Reading<Q>(Marshaller<Q> messages) implements Marshaller<Sent<Q>> {

        @Override
        public Sent<Q> parse(InputStream bytes) {
            try {
                return new Sent<>(messages.parse(bytes), null);
            } catch (RuntimeException e) {
                boolean tooLarge = e instanceof StatusRuntimeException told
                        && told.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
                return new Sent<>(
                        null,
                        tooLarge
                                ? new RequestRefused(Problem.of(
                                        Failures.TOO_LARGE,
                                        "The message has more bytes, once unpacked, than are read."))
                                : new MalformedRequest(
                                        "",
                                        "the bytes are no message of this method (expected: protobuf, texts in UTF-8)"));
            }
        }

        @Override
        public InputStream stream(Sent<Q> sent) {
            throw new UnsupportedOperationException("a server sends no requests");
        }
    }

    /** Knows whether it has its answer, which gRPC does not tell, and takes no second one. */
    private static final class Answered<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private boolean closed;

        private Answered(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!closed) {
                closed = true;
                super.close(status, trailers);
            }
        }

        /** Whoever was begun with is told first that nobody is there any more, and has nothing to say after that. */
        private void refuse(StatusRuntimeException why, Runnable cancelling) {
            closed = true;
            cancelling.run();
            Metadata trailers = why.getTrailers();
            super.close(why.getStatus(), trailers == null ? new Metadata() : trailers);
        }
    }

    private final class Receiving<Q> extends ServerCall.Listener<Sent<Q>> {

        private final Answered<Sent<Q>, ?> call;
        private final ServerCall.Listener<Q> listener;
        private final boolean takesOne;
        private boolean came;
        private boolean refused;

        private Receiving(Answered<Sent<Q>, ?> call, ServerCall.Listener<Q> listener) {
            this.call = call;
            this.listener = listener;
            this.takesOne = call.getMethodDescriptor().getType().clientSendsOneMessage();
        }

        @Override
        public void onMessage(Sent<Q> sent) {
            Q message = sent.message();
            if (refused || call.closed) {
                return;
            }
            if (message == null) {
                refuse(sent.unread() == null ? new IllegalStateException("neither read nor unread") : sent.unread());
            } else if (takesOne && came) {
                refuse(new MalformedRequest("", "more than one message (expected: one)"));
            } else {
                came = true;
                listener.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (refused || call.closed) {
                return;
            }
            if (takesOne && !came) {
                refuse(new MalformedRequest("", "no message (expected: one)"));
            } else {
                listener.onHalfClose();
            }
        }

        private void refuse(RuntimeException why) {
            refused = true;
            call.refuse(GrpcProblem.exception(counts.refused(why).problem()), listener::onCancel);
        }

        @Override
        public void onCancel() {
            if (!refused) {
                listener.onCancel();
            }
        }

        @Override
        public void onComplete() {
            if (!refused) {
                listener.onComplete();
            }
        }

        @Override
        public void onReady() {
            if (!refused) {
                listener.onReady();
            }
        }
    }
}
