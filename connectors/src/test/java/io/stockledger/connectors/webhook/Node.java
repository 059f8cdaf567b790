package io.stockledger.connectors.webhook;

import io.stockledger.connectors.FactLog;
import io.stockledger.connectors.TestDatabase;
import io.stockledger.connectors.outbound.AddressPolicy;
import io.stockledger.connectors.outbound.HostResolver;
import io.stockledger.connectors.outbound.OutboundHttp;
import io.stockledger.connectors.reaction.EffectObserver;
import io.stockledger.connectors.reaction.EffectWorkers;
import io.stockledger.connectors.reaction.ReactionView;
import io.stockledger.connectors.reaction.RetryPlan;
import io.stockledger.connectors.reaction.WorkerSettings;
import io.stockledger.projections.view.Views;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** All of a node that has to do with webhooks, put together as the service does it. */
final class Node implements AutoCloseable {

    static final WebhookSettings LOOPBACK = new WebhookSettings(true, false, new byte[32], 10, Duration.ofDays(7));

    /** Quick to try again. */
    static final RetryPlan QUICK = new RetryPlan(List.of(Duration.ofMillis(50)), Duration.ofMinutes(10), 0.1);

    private final OutboundHttp http;
    private final EffectWorkers workers;
    private final WebhookCatchUp catchUp;
    private final WebhookEndpoints endpoints;
    private final Deliveries deliveries;
    private final Views views;

    private Node(
            OutboundHttp http,
            EffectWorkers workers,
            WebhookCatchUp catchUp,
            WebhookEndpoints endpoints,
            Deliveries deliveries,
            Views views) {
        this.http = http;
        this.workers = workers;
        this.catchUp = catchUp;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.views = views;
    }

    static Node start(DataSource database, FactLog log, WorkerSettings worker, InstantSource clock) {
        return start(database, log, worker, clock, HostResolver.SYSTEM, LOOPBACK);
    }

    static Node start(
            DataSource database,
            FactLog log,
            WorkerSettings worker,
            InstantSource clock,
            HostResolver resolver,
            WebhookSettings settings) {
        AddressPolicy policy = new AddressPolicy(settings.loopback(), settings.privateNetworks());
        OutboundHttp http = OutboundHttp.of(policy, resolver, trusted(), worker.atOnce());
        WebhookReaction reaction = new WebhookReaction(database, settings, http, clock);
        EffectWorkers workers = EffectWorkers.start(
                List.of(reaction),
                database,
                worker,
                clock,
                EffectObserver.NONE,
                command -> CompletableFuture.failedFuture(new AssertionError("no outcome is expected")));
        WebhookCatchUp catchUp = WebhookCatchUp.start(database, log, clock, workers::wake);
        WebhookEndpoints endpoints = new WebhookEndpoints(
                database, log, Set.of("safety-stock-set", "location-opened"), settings, clock, catchUp::wake);
        Deliveries deliveries = new Deliveries(database, clock, workers::wake);
        Views views =
                Views.start(List.of(new ReactionView(reaction, clock)), log, database, TestDatabase.views(100), clock);
        views.listen(WebhookReaction.NAME, workers);
        return new Node(http, workers, catchUp, endpoints, deliveries, views);
    }

    static WorkerSettings workers(RetryPlan retries) {
        return new WorkerSettings(
                16,
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofMillis(50),
                retries,
                3,
                Duration.ofMillis(100),
                Duration.ofMillis(200),
                Duration.ofDays(7),
                Duration.ofDays(90));
    }

    WebhookEndpoints endpoints() {
        return endpoints;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    EffectWorkers effects() {
        return workers;
    }

    Views views() {
        return views;
    }

    EndpointSecret endpoint(String url) {
        return endpoints.create(new NewEndpoint(url, null, Set.of(), Set.of(), null), "tester");
    }

    /** Returns once the reaction has taken all facts and the endpoint is caught up. */
    void awaitLive(String endpoint) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> endpoints.find(endpoint).orElseThrow().live());
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        views.close();
        catchUp.close();
        workers.close();
        http.close();
    }
}
