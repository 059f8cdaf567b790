package io.stockledger.api.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.gate.FactFollowing;
import io.stockledger.api.gate.FactReading;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.gate.Queries;
import io.stockledger.api.gate.WebhookRequests;
import io.stockledger.api.metrics.EffectMetrics;
import io.stockledger.api.security.RateLimits;
import io.stockledger.api.store.ConnectedFacts;
import io.stockledger.connectors.ConnectorTables;
import io.stockledger.connectors.feed.FactsAfter;
import io.stockledger.connectors.outbound.AddressPolicy;
import io.stockledger.connectors.outbound.HostResolver;
import io.stockledger.connectors.outbound.OutboundHttp;
import io.stockledger.connectors.reaction.EffectLog;
import io.stockledger.connectors.reaction.EffectWorkers;
import io.stockledger.connectors.reaction.ReactionView;
import io.stockledger.connectors.reaction.WorkerSettings;
import io.stockledger.connectors.webhook.Deliveries;
import io.stockledger.connectors.webhook.WebhookCatchUp;
import io.stockledger.connectors.webhook.WebhookEndpoints;
import io.stockledger.connectors.webhook.WebhookReaction;
import io.stockledger.connectors.webhook.WebhookSettings;
import io.stockledger.document.Provenance;
import io.stockledger.eventstore.FactNames;
import io.stockledger.ledger.Ledger;
import io.stockledger.projections.history.HistoryQueries;
import io.stockledger.projections.view.Views;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Facts for other systems: sent to them, and read by them. What a bean needs is closed after it, so that no worker is
 * without its view, and no view without its tables.
 */
@Configuration(proxyBeanMethods = false)
class ConnectorWiring {

    private static final String ENABLED = "stockledger.webhooks.enabled";
    private static final String OUTCOMES = "stockledger";
    private static final int FOLLOW_THREADS = 4;

    /** Of its own, so that slow targets and questions do not take connections from each other. */
    @Bean(defaultCandidate = false)
    HikariDataSource connectorPool(PostgresServer server) {
        server.owner().migrate(ConnectorTables.SCHEMA, ConnectorTables.MIGRATIONS);
        return server.connectorPool();
    }

    @Bean
    WebhookSettings webhookSettings(StockledgerSettings settings, SealKey sealKey) {
        WebhookSettings standard = WebhookSettings.standard(sealKey.seal().keyFor("webhook-secrets"));
        StockledgerSettings.Webhooks webhooks = settings.webhooks();
        return new WebhookSettings(
                webhooks.allowLoopback(),
                webhooks.allowPrivateNetworks(),
                standard.secretsKey(),
                standard.mostEndpoints(),
                standard.longestOverlap());
    }

    @Bean
    WorkerSettings workerSettings(StockledgerSettings settings) {
        WorkerSettings standard = WorkerSettings.standard();
        StockledgerSettings.Webhooks webhooks = settings.webhooks();
        return new WorkerSettings(
                webhooks.atOnce(),
                webhooks.perTarget(),
                standard.timeout(),
                standard.claim(),
                standard.look(),
                standard.retries(),
                standard.failuresToOpen(),
                standard.openFor(),
                standard.longestOpen(),
                webhooks.keepDone(),
                webhooks.keepParked());
    }

    @Bean
    OutboundHttp outboundHttp(WebhookSettings webhooks, WorkerSettings workers) throws NoSuchAlgorithmException {
        return OutboundHttp.of(
                new AddressPolicy(webhooks.loopback(), webhooks.privateNetworks()),
                HostResolver.SYSTEM,
                SSLContext.getDefault(),
                workers.atOnce());
    }

    @Bean
    WebhookReaction webhookReaction(
            @Qualifier("connectorPool") HikariDataSource connectorPool,
            WebhookSettings settings,
            OutboundHttp http,
            InstantSource clock) {
        return new WebhookReaction(connectorPool, settings, http, clock);
    }

    @Bean
    @ConditionalOnProperty(name = ENABLED, matchIfMissing = true)
    ReactionView webhookView(WebhookReaction reaction, InstantSource clock) {
        return new ReactionView(reaction, clock);
    }

    @Bean
    EffectLog effectLog(@Qualifier("connectorPool") HikariDataSource connectorPool, InstantSource clock) {
        return new EffectLog(connectorPool, clock);
    }

    @Bean
    EffectMetrics effectMetrics(EffectLog log, InstantSource clock, MeterRegistry meters) {
        return new EffectMetrics(log, List.of(WebhookReaction.NAME), clock, meters);
    }

    @Bean
    @ConditionalOnProperty(name = ENABLED, matchIfMissing = true)
    EffectWorkers effectWorkers(
            WebhookReaction reaction,
            @Qualifier("connectorPool") HikariDataSource connectorPool,
            WorkerSettings settings,
            InstantSource clock,
            EffectMetrics metrics,
            Ledger ledger,
            Views views) {
        EffectWorkers workers = EffectWorkers.start(
                List.of(reaction),
                connectorPool,
                settings,
                clock,
                metrics,
                command -> ledger.submit(command, Provenance.of(OUTCOMES)));
        views.listen(WebhookReaction.NAME, workers);
        metrics.watch(workers);
        return workers;
    }

    @Bean
    @ConditionalOnProperty(name = ENABLED, matchIfMissing = true)
    WebhookCatchUp webhookCatchUp(
            @Qualifier("connectorPool") HikariDataSource connectorPool,
            ConnectedFacts facts,
            InstantSource clock,
            EffectWorkers workers) {
        return WebhookCatchUp.start(connectorPool, facts.store(), clock, workers::wake);
    }

    /** Where this node does not send, another finds out by itself. */
    @Bean
    WebhookEndpoints webhookEndpoints(
            @Qualifier("connectorPool") HikariDataSource connectorPool,
            ConnectedFacts facts,
            WebhookSettings settings,
            InstantSource clock,
            ObjectProvider<WebhookCatchUp> catchUp) {
        return new WebhookEndpoints(
                connectorPool,
                facts.store(),
                FactNames.names(),
                settings,
                clock,
                () -> catchUp.ifAvailable(WebhookCatchUp::wake));
    }

    @Bean
    Deliveries deliveries(
            @Qualifier("connectorPool") HikariDataSource connectorPool,
            InstantSource clock,
            ObjectProvider<EffectWorkers> workers) {
        return new Deliveries(connectorPool, clock, () -> workers.ifAvailable(EffectWorkers::wake));
    }

    @Bean
    WebhookRequests webhookRequests(Queries queries, WebhookEndpoints endpoints, Deliveries deliveries) {
        return new WebhookRequests(queries, endpoints, deliveries);
    }

    @Bean
    FactReading factReading(Queries queries, HistoryQueries history, Views views) {
        return new FactReading(queries, new FactsAfter(history, views), FactNames.names());
    }

    /** Few threads are enough: none of them waits for a follower. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService followThreads() {
        return Executors.newFixedThreadPool(FOLLOW_THREADS, LedgerWiring.named("follow-"));
    }

    @Bean
    FactFollowing factFollowing(
            FactReading facts,
            Views views,
            @Qualifier("followThreads") ExecutorService followThreads,
            RateLimits rates,
            ProblemCounts counts,
            MeterRegistry meters,
            StockledgerSettings settings) {
        FactFollowing following = new FactFollowing(
                facts, views, followThreads, rates, counts, settings.limits().watchers());
        Gauge.builder("stockledger.followers", following, FactFollowing::following)
                .description("Callers who follow the facts")
                .register(meters);
        return following;
    }
}
