package io.stockledger.api.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.Caller;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls. Only health is answered to everybody. */
final class CallerInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "bearer ";
    private static final Context.Key<Caller> CALLER = Context.key("stockledger.caller");

    private static final Context.Key<String> ADDRESS = Context.key("stockledger.address");

    private final Authentication authentication;
    private final ProblemCounts counts;

    CallerInterceptor(Authentication authentication, ProblemCounts counts) {
        this.authentication = authentication;
        this.counts = counts;
    }

    /** Who made the call that is being served on this thread. */
    static Caller caller() {
        Caller caller = CALLER.get();
        if (caller == null) {
            throw new IllegalStateException("a call came past the interceptor");
        }
        return caller;
    }

    /** The address that the call being served on this thread came from, without its port. */
    static String address() {
        return String.valueOf(ADDRESS.get());
    }

    private static String addressOf(ServerCall<?, ?> call) {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress address
                ? address.getHostString()
                : "";
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context from = Context.current().withValue(ADDRESS, addressOf(call));
        if (isOpen(call.getMethodDescriptor())) {
            return Contexts.interceptCall(from, call, headers, next);
        }
        try {
            Context context = from.withValue(CALLER, callerOf(headers.get(AUTHORIZATION)));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (RuntimeException e) {
            StatusRuntimeException refused =
                    GrpcProblem.exception(counts.refused(e).problem());
            Metadata trailers = refused.getTrailers();
            call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
    }

    /** Health tells nothing, and who enrols shows a code instead. */
    private static boolean isOpen(MethodDescriptor<?, ?> method) {
        return HealthGrpc.SERVICE_NAME.equals(method.getServiceName())
                || io.stockledger.v1.EnrolmentGrpc.getEnrolMethod()
                        .getFullMethodName()
                        .equals(method.getFullMethodName());
    }

    /** Whether it is known without asking anybody who makes a call. */
    boolean knowsAtOnce(Metadata headers) {
        return token(headers.get(AUTHORIZATION))
                .filter(authentication::answersAtOnce)
                .isPresent();
    }

    private static Optional<String> token(@Nullable String header) {
        boolean bearer = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return header != null && bearer
                ? Optional.of(header.substring(SCHEME.length()).trim())
                : Optional.empty();
    }

    private Caller callerOf(@Nullable String header) {
        String token = token(header)
                .orElseThrow(() -> new RequestRefused(
                        Problem.of(Failures.UNAUTHENTICATED, "No bearer token (expected: metadata 'authorization').")));
        return authentication
                .callerOf(token)
                .orElseThrow(() -> new RequestRefused(
                        Problem.of(Failures.UNAUTHENTICATED, "The bearer token is unknown, revoked or out of date.")));
    }
}
