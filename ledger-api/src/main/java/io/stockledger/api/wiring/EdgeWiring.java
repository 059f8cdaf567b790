package io.stockledger.api.wiring;

import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.gate.HistoryQuestions;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.gate.Queries;
import io.stockledger.api.gate.StockQuestions;
import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.EnrolmentCodes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two wires. REST's routes are found by their annotations. */
@Configuration(proxyBeanMethods = false)
class EdgeWiring {

    private static final int GRPC_THREADS = 4;

    /** Few threads are enough, because no call blocks one while it waits. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService grpcCalls() {
        return Executors.newFixedThreadPool(GRPC_THREADS, LedgerWiring.named("grpc-call-"));
    }

    @Bean
    GrpcServer grpcServer(
            StockledgerSettings settings,
            CommandGate commands,
            StockQuestions stock,
            AvailabilityWatches watches,
            HistoryQuestions history,
            EnrolmentCodes codes,
            Queries queries,
            Authentication authentication,
            ProblemCounts counts,
            ExecutorService grpcCalls) {
        return new GrpcServer(
                new InetSocketAddress(settings.listen(), settings.grpcPort()),
                List.of(
                        GrpcServer.ledger(commands),
                        GrpcServer.availability(stock, watches),
                        GrpcServer.catalog(stock),
                        GrpcServer.history(history),
                        GrpcServer.enrolment(codes, queries)),
                authentication,
                counts,
                grpcCalls,
                settings.stopWithin());
    }
}
