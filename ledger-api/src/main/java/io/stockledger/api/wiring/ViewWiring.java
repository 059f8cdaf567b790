package io.stockledger.api.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.CatalogQuestions;
import io.stockledger.api.gate.DocumentQuestions;
import io.stockledger.api.gate.DriftReports;
import io.stockledger.api.gate.HistoryQuestions;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.gate.Queries;
import io.stockledger.api.gate.StockQuestions;
import io.stockledger.api.gate.Together;
import io.stockledger.api.gate.ViewOperations;
import io.stockledger.api.metrics.ViewMetrics;
import io.stockledger.api.security.RateLimits;
import io.stockledger.api.store.ConnectedFacts;
import io.stockledger.api.store.PostgresFacts;
import io.stockledger.connectors.reaction.ReactionView;
import io.stockledger.ledger.FactStore;
import io.stockledger.projections.availability.AvailabilityChanges;
import io.stockledger.projections.availability.AvailabilityQueries;
import io.stockledger.projections.availability.AvailabilityView;
import io.stockledger.projections.availability.ItemAvailability;
import io.stockledger.projections.availability.ItemKey;
import io.stockledger.projections.availability.ItemQueries;
import io.stockledger.projections.catalog.CatalogQueries;
import io.stockledger.projections.catalog.CatalogView;
import io.stockledger.projections.drift.DriftQueries;
import io.stockledger.projections.drift.ErpSnapshots;
import io.stockledger.projections.history.HistoryQueries;
import io.stockledger.projections.history.HistoryView;
import io.stockledger.projections.movements.MovementQueries;
import io.stockledger.projections.movements.MovementsView;
import io.stockledger.projections.view.View;
import io.stockledger.projections.view.ViewSettings;
import io.stockledger.projections.view.Views;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The views, and the one way in for questions to them. */
@Configuration(proxyBeanMethods = false)
class ViewWiring {

    /** One reads while the other answers; with more, fewer questions would meet in a statement. */
    private static final int ITEM_THREADS = PostgresServer.ITEM_CONNECTIONS - 1;

    @Bean
    Views views(
            PostgresServer server,
            DataSource dataSource,
            ConnectedFacts facts,
            ObjectProvider<ReactionView> reactions,
            InstantSource clock) {
        boolean here = facts instanceof PostgresFacts;
        Flyway.configure()
                .dataSource(server.unpooled())
                .locations("classpath:db/migration", here ? "classpath:db/facts-here" : "classpath:db/facts-elsewhere")
                .load()
                .migrate();
        HistoryView history = here ? HistoryView.ofFactsHere() : HistoryView.ofFactsElsewhere();
        List<View> views =
                new ArrayList<>(List.of(new AvailabilityView(), new CatalogView(), history, new MovementsView()));
        reactions.forEach(views::add);
        return Views.start(views, facts.store(), dataSource, ViewSettings.standard(), clock);
    }

    @Bean
    ViewMetrics viewMetrics(Views views, InstantSource clock, MeterRegistry meters) {
        return new ViewMetrics(views, clock, meters);
    }

    @Bean
    AvailabilityQueries availabilityQueries(DataSource dataSource, Views views) {
        return new AvailabilityQueries(dataSource, views);
    }

    @Bean
    ItemQueries itemQueries(@Qualifier("itemPool") HikariDataSource itemPool, Views views) {
        return new ItemQueries(itemPool, views);
    }

    @Bean
    CatalogQueries catalogQueries(DataSource dataSource, Views views) {
        return new CatalogQueries(dataSource, views);
    }

    @Bean
    HistoryQueries historyQueries(DataSource dataSource, Views views) {
        return new HistoryQueries(dataSource, views);
    }

    @Bean
    MovementQueries movementQueries(DataSource dataSource, Views views) {
        return new MovementQueries(dataSource, views);
    }

    @Bean
    ErpSnapshots erpSnapshots(DataSource dataSource) {
        return new ErpSnapshots(dataSource);
    }

    @Bean
    DriftQueries driftQueries(DataSource dataSource, Views views) {
        return new DriftQueries(dataSource, views);
    }

    @Bean
    CatalogQuestions catalogQuestions(Queries queries, CatalogQueries catalog) {
        return new CatalogQuestions(queries, catalog);
    }

    @Bean
    HistoryQuestions historyQuestions(Queries queries, HistoryQueries history, CatalogQueries catalog) {
        return new HistoryQuestions(queries, history, catalog);
    }

    @Bean
    DocumentQuestions documentQuestions(
            Queries queries, FactStore store, HistoryQueries history, CatalogQueries catalog, InstantSource clock) {
        return new DocumentQuestions(queries, store, history, catalog, clock);
    }

    @Bean
    DriftReports driftReports(Queries queries, ErpSnapshots snapshots, DriftQueries drift, InstantSource clock) {
        return new DriftReports(queries, snapshots, drift, clock);
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService queryThreads(StockledgerSettings settings) {
        int threads = settings.limits().queriesAtOnce();
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.limits().queriesWaiting()),
                LedgerWiring.named("query-"));
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService itemThreads() {
        return Executors.newFixedThreadPool(ITEM_THREADS, LedgerWiring.named("item-"));
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService rebuildThread() {
        return Executors.newSingleThreadExecutor(LedgerWiring.named("rebuild-"));
    }

    /** A watcher that reads slowly over HTTP holds a thread while it does; each gets its own when it needs one. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService watchThreads(StockledgerSettings settings) {
        return new ThreadPoolExecutor(
                0,
                settings.limits().watchers(),
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                LedgerWiring.named("watch-"));
    }

    @Bean
    Queries queries(Views views, RateLimits rates, ProblemCounts counts, ExecutorService queryThreads) {
        return new Queries(views, rates, counts, queryThreads);
    }

    @Bean
    Together<ItemKey, ItemAvailability> itemsTogether(
            ItemQueries items, InstantSource clock, ExecutorService itemThreads, StockledgerSettings settings) {
        return new Together<>(
                keys -> items.items(keys, clock.instant()),
                itemThreads,
                ITEM_THREADS,
                settings.limits().queriesWaiting());
    }

    @Bean
    StockQuestions stockQuestions(
            Queries queries,
            Together<ItemKey, ItemAvailability> items,
            AvailabilityQueries availability,
            CatalogQueries catalog,
            InstantSource clock) {
        return new StockQuestions(queries, items, availability, catalog, clock);
    }

    @Bean
    ViewOperations viewOperations(Views views, InstantSource clock, ExecutorService rebuildThread) {
        return new ViewOperations(views, clock, rebuildThread);
    }

    @Bean
    AvailabilityWatches availabilityWatches(
            Views views,
            AvailabilityQueries availability,
            CatalogQueries catalog,
            InstantSource clock,
            ExecutorService watchThreads,
            RateLimits rates,
            ProblemCounts counts,
            MeterRegistry meters,
            StockledgerSettings settings) {
        AvailabilityWatches watches = new AvailabilityWatches(
                new AvailabilityChanges(views),
                availability,
                catalog,
                clock,
                watchThreads,
                rates,
                counts,
                settings.limits().watchers());
        Gauge.builder("stockledger.watches", watches, AvailabilityWatches::watching)
                .description("Callers who watch availability")
                .register(meters);
        return watches;
    }
}
