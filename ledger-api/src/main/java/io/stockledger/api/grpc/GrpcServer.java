package io.stockledger.api.grpc;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.gate.HistoryQuestions;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.gate.Queries;
import io.stockledger.api.gate.StockQuestions;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.EnrolmentCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Serves gRPC for as long as the service runs. */
public final class GrpcServer implements SmartLifecycle {

    /** Starts and stops together with the web server. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final NettyServerBuilder builder;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Duration stopWithin;
    private @Nullable Server server;

    /**
     * @param services for callers with credentials; health is for everybody
     * @param executor runs calls that may ask the database; none of them blocks for an answer
     * @param stopWithin how long calls under way may take when the service stops
     */
    public GrpcServer(
            InetSocketAddress address,
            List<BindableService> services,
            Authentication authentication,
            ProblemCounts counts,
            Executor executor,
            Duration stopWithin) {
        CallerInterceptor caller = new CallerInterceptor(authentication, counts);
        this.stopWithin = stopWithin;
        this.builder = NettyServerBuilder.forAddress(address)
                .executor(Runnable::run)
                .callExecutor(new CallThreads(caller, executor))
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(health.getHealthService())
                .addService(ServerInterceptors.intercept(ProtoReflectionServiceV1.newInstance(), caller));
        services.forEach(service -> builder.addService(ServerInterceptors.intercept(service, caller)));
    }

    /**
     * Commands of callers that are known run on the network's threads, which saves each the way through a queue: they
     * wait for nobody. All other calls may ask the database, and run on the executor. What comes before, finding the
     * method and this, always runs on the network's threads.
     */
    private record CallThreads(CallerInterceptor caller, Executor executor) implements ServerCallExecutorSupplier {

        @Override
        public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
            boolean command = io.stockledger.v1.LedgerGrpc.SERVICE_NAME.equals(
                    call.getMethodDescriptor().getServiceName());
            return command && caller.knowsAtOnce(headers) ? Runnable::run : executor;
        }
    }

    public static BindableService ledger(CommandGate commands) {
        return new LedgerGrpc(commands);
    }

    public static BindableService availability(StockQuestions questions, AvailabilityWatches watches) {
        return new AvailabilityGrpc(questions, watches);
    }

    public static BindableService catalog(StockQuestions questions) {
        return new CatalogGrpc(questions);
    }

    public static BindableService history(HistoryQuestions questions) {
        return new HistoryGrpc(questions);
    }

    public static BindableService enrolment(EnrolmentCodes codes, Queries queries) {
        return new EnrolmentGrpc(codes, queries);
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
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
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
