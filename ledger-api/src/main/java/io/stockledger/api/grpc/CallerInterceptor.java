package io.stockledger.api.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthGrpc;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.gate.Asker;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.problem.GrpcProblem;
import io.stockledger.api.problem.RequestId;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.Login;
import io.stockledger.api.security.TrustedProxies;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out who calls. Only health is answered to everybody. */
final class CallerInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> FORWARDED_FOR =
            Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of(RequestId.HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACE =
            Metadata.Key.of(RequestId.TRACE_HEADER, Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Asker> ASKER = Context.key("stockledger.asker");

    /** Those of the contract that need no permission; streams need that of each command in them. */
    private static final Set<String> OPEN = Contract.methods().stream()
            .filter(method ->
                    method.isUnary() && method.operation().getPermission().isEmpty())
            .map(ContractMethod::fullName)
            .collect(Collectors.toUnmodifiableSet());

    private final Authentication authentication;
    private final TrustedProxies proxies;
    private final ProblemCounts counts;
    private final OpenCalls openCalls = new OpenCalls();

    CallerInterceptor(Authentication authentication, TrustedProxies proxies, ProblemCounts counts) {
        this.authentication = authentication;
        this.proxies = proxies;
        this.counts = counts;
    }

    /** Who made the call that is being served on this thread. */
    static Asker asker() {
        return ASKER.get();
    }

    /** Of several nobody knows which is meant. */
    private static @Nullable String only(@Nullable Iterable<String> values) {
        Iterator<String> each = values == null ? Collections.emptyIterator() : values.iterator();
        String first = each.hasNext() ? each.next() : null;
        return each.hasNext() ? null : first;
    }

    /** Says in its answer, whatever that is, what the call is called. */
    private static final class Named<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private final RequestId request;
        private boolean told;

        private Named(ServerCall<Q, A> call, RequestId request) {
            super(call);
            this.request = request;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            tell(headers);
            super.sendHeaders(headers);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!told) {
                tell(trailers);
            }
            super.close(status, trailers);
        }

        private void tell(Metadata metadata) {
            told = true;
            metadata.put(REQUEST_ID, request.id());
            if (request.traceparent() != null) {
                metadata.put(TRACE, request.traceparent());
            }
        }
    }

    private String addressOf(ServerCall<?, ?> call, Metadata headers) {
        if (!(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress peer)) {
            return "";
        }
        @Nullable Iterable<String> forwardedFor = headers.getAll(FORWARDED_FOR);
        return proxies.sender(peer.getHostString(), forwardedFor == null ? List.of() : forwardedFor);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        RequestId request = RequestId.of(only(headers.getAll(REQUEST_ID)), only(headers.getAll(TRACE)));
        ServerCall<Q, A> named = new Named<>(call, request);
        try {
            @Nullable Login login = isOpen(call.getMethodDescriptor())
                    ? null
                    : authentication.logIn(headers.get(AUTHORIZATION), "metadata 'authorization'");
            Asker asker = new Asker(login, addressOf(call, headers), request);
            Context context = Context.current().withValue(ASKER, asker);
            return login == null
                    ? Contexts.interceptCall(context, named, headers, next)
                    : openCalls.counted(
                            login.caller().name(), () -> Contexts.interceptCall(context, named, headers, next));
        } catch (RuntimeException e) {
            StatusRuntimeException refused =
                    GrpcProblem.exception(request.logged(() -> counts.refused(e, null, addressOf(call, headers)))
                            .problem());
            Metadata trailers = refused.getTrailers();
            named.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
    }

    /** Health tells nothing, and a method of the contract without a permission shows something else instead. */
    private static boolean isOpen(MethodDescriptor<?, ?> method) {
        return HealthGrpc.SERVICE_NAME.equals(method.getServiceName()) || OPEN.contains(method.getFullMethodName());
    }

    /** Whether it is known without asking anybody who makes a call. */
    boolean knowsAtOnce(Metadata headers) {
        return Authentication.bearer(headers.get(AUTHORIZATION))
                .filter(authentication::answersAtOnce)
                .isPresent();
    }
}
