package io.stockledger.api.wiring;

import io.grpc.InsecureServerCredentials;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.gate.Answers;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.CatalogQuestions;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.gate.DocumentQuestions;
import io.stockledger.api.gate.Enrolments;
import io.stockledger.api.gate.FactFollowing;
import io.stockledger.api.gate.FactReading;
import io.stockledger.api.gate.HistoryQuestions;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.gate.Queries;
import io.stockledger.api.gate.SecurityEvents;
import io.stockledger.api.gate.StockQuestions;
import io.stockledger.api.gate.WebhookRequests;
import io.stockledger.api.grpc.ContractServices;
import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.EnrolmentCodes;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.api.security.TrustedProxies;
import io.stockledger.api.tls.Certificates;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What both wires answer with, and gRPC. REST's door is in its own package. */
@Configuration(proxyBeanMethods = false)
class EdgeWiring {

    private static final int GRPC_THREADS = 4;

    /** Few threads are enough, because no call blocks one while it waits. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService grpcCalls() {
        return Executors.newFixedThreadPool(GRPC_THREADS, LedgerWiring.named("grpc-call-"));
    }

    @Bean
    Enrolments enrolments(Queries queries, EnrolmentCodes codes) {
        return new Enrolments(queries, codes);
    }

    @Bean
    SecurityEvents securityEvents(Queries queries, SecurityLog log) {
        return new SecurityEvents(queries, log);
    }

    @Bean
    Answers answers(
            CommandGate commands,
            StockQuestions stock,
            CatalogQuestions catalog,
            HistoryQuestions history,
            DocumentQuestions documents,
            FactReading facts,
            WebhookRequests webhooks,
            Enrolments enrolments,
            SecurityEvents securityEvents,
            SecurityLog security,
            ProblemCounts counts) {
        return new Answers(
                commands,
                stock,
                catalog,
                history,
                documents,
                facts,
                webhooks,
                enrolments,
                securityEvents,
                security,
                counts);
    }

    @Bean
    GrpcServer grpcServer(
            StockledgerSettings settings,
            Answers answers,
            CommandGate commands,
            AvailabilityWatches watches,
            FactFollowing following,
            Authentication authentication,
            ProblemCounts counts,
            MeterRegistry meters,
            Optional<Certificates> certificates,
            TrustedProxies proxies,
            ExecutorService grpcCalls) {
        return new GrpcServer(
                new InetSocketAddress(settings.listen(), settings.grpcPort()),
                certificates.map(Certificates::forGrpc).orElseGet(InsecureServerCredentials::create),
                new ContractServices(answers, commands, watches, following),
                authentication,
                proxies,
                counts,
                meters,
                grpcCalls,
                settings.stopWithin());
    }
}
