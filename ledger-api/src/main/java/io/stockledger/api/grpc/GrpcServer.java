package io.stockledger.api.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.TrustedProxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Serves gRPC for as long as the service runs. */
public final class GrpcServer implements SmartLifecycle {

    /** Starts and stops together with the web server. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    /** Three times what the longest command takes; a message of so many empty parts takes fifty times as much memory. */
    private static final int MOST_BYTES = 1024 * 1024;

    /** At once on one connection. */
    private static final int MOST_CALLS = 1_000;

    private final NettyServerBuilder builder;
    private final Health health = new Health();
    private final Duration stopWithin;
    private @Nullable Server server;

    /**
     * @param credentials with or without TLS
     * @param services for callers with credentials; health is for everybody
     * @param meters count and time calls, by method and status
     * @param executor runs calls that may ask the database; none of them blocks for an answer
     * @param stopWithin how long calls under way may take when the service stops
     */
    public GrpcServer(
            InetSocketAddress address,
            ServerCredentials credentials,
            ContractServices services,
            Authentication authentication,
            TrustedProxies proxies,
            ProblemCounts counts,
            MeterRegistry meters,
            Executor executor,
            Duration stopWithin) {
        CallerInterceptor caller = new CallerInterceptor(authentication, proxies, counts);
        UnreadableMessages unreadable = new UnreadableMessages(counts);
        this.stopWithin = stopWithin;
        this.builder = NettyServerBuilder.forAddress(address, credentials)
                .executor(Runnable::run)
                .callExecutor(new CallThreads(caller, executor))
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .intercept(new MetricCollectingServerInterceptor(meters))
                .maxInboundMessageSize(MOST_BYTES)
                .maxConcurrentCallsPerConnection(MOST_CALLS)
                .addService(unreadable.refusedBy(health.bindService()))
                .addService(ServerInterceptors.intercept(
                        unreadable.refusedBy(
                                ProtoReflectionServiceV1.newInstance().bindService()),
                        caller));
        services.all()
                .forEach(service ->
                        builder.addService(ServerInterceptors.intercept(unreadable.refusedBy(service), caller)));
    }

    /**
     * The contract's calls of callers that are known run on the network's threads, which saves each the way through a
     * queue: they wait for nobody, and a question goes on to threads of its own. A caller who is not known yet is looked
     * up in the database, and so is the beginning of a watch, on the executor. What comes before, finding the method and
     * this, always runs on the network's threads.
     */
    private record CallThreads(CallerInterceptor caller, Executor executor) implements ServerCallExecutorSupplier {

        private static final Set<String> NEVER_WAIT = Contract.methods().stream()
                .filter(method -> method.wire().getType() != MethodType.SERVER_STREAMING)
                .map(ContractMethod::fullName)
                .collect(Collectors.toUnmodifiableSet());

        @Override
        public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
            String method = call.getMethodDescriptor().getFullMethodName();
            return NEVER_WAIT.contains(method) && caller.knowsAtOnce(headers) ? Runnable::run : executor;
        }
    }

    @Override
    public synchronized void start() {
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "gRPC can't listen: " + e.getMessage() + " (another program may use the port; set"
                            + " stockledger.grpc-port)",
                    e);
        }
    }

    /** The port that it listens on. */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("the gRPC server is not running");
        }
        return server.getPort();
    }

    @Override
    public synchronized void stop() {
        Server running = server;
        if (running == null) {
            return;
        }
        health.stopping();
        running.shutdown();
        try {
            if (!running.awaitTermination(stopWithin.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
        server = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
