package io.stockledger.api.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls. Only health is answered to everybody. */
final class CallerInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "bearer ";
    private static final Context.Key<Caller> CALLER = Context.key("stockledger.caller");

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

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (isOpen(call.getMethodDescriptor())) {
            return next.startCall(call, headers);
        }
        try {
            Context context = Context.current().withValue(CALLER, callerOf(headers.get(AUTHORIZATION)));
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
