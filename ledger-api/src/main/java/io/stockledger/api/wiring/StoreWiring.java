package io.stockledger.api.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.stockledger.api.store.AxonServerFacts;
import io.stockledger.api.store.ConnectedFacts;
import io.stockledger.api.store.PostgresFacts;
import io.stockledger.api.tls.Certificates;
import io.stockledger.eventstore.AxonFactStore;
import io.stockledger.eventstore.postgres.FactTables;
import io.stockledger.eventstore.postgres.PostgresEventStoreOptions;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where facts, views and keys are kept. */
@Configuration(proxyBeanMethods = false)
class StoreWiring {

    /** @param certificates they and the ports come first: for a mistake there no database has to be started */
    @Bean
    PostgresServer postgresServer(StockledgerSettings settings, Optional<Certificates> certificates) {
        FreePorts.require(settings);
        return PostgresServer.of(settings);
    }

    @Bean
    DataSource dataSource(PostgresServer server, StockledgerSettings settings) {
        return server.pool(settings.postgres().connections());
    }

    /** {@link PostgresServer#promptPool} */
    @Bean(defaultCandidate = false)
    HikariDataSource promptPool(PostgresServer server) {
        return server.promptPool();
    }

    /** {@link PostgresServer#itemPool} */
    @Bean(defaultCandidate = false)
    HikariDataSource itemPool(PostgresServer server) {
        return server.itemPool();
    }

    /** API keys have a schema of their own, because they are no view: they cannot be rebuilt from facts. */
    @Bean
    JdbcClient keyDatabase(PostgresServer server, @Qualifier("promptPool") HikariDataSource promptPool) {
        server.owner().migrate("access", "classpath:db/access");
        return JdbcClient.create(promptPool);
    }

    @Bean
    ConnectedFacts facts(
            PostgresServer server, @Qualifier("promptPool") HikariDataSource promptPool, StockledgerSettings settings) {
        String axonServer = settings.axonServer().address();
        if (axonServer != null) {
            return AxonServerFacts.connect(axonServer, settings.axonServer().token());
        }
        PostgresEventStoreOptions options = PostgresEventStoreOptions.standard()
                .withDataLossAccepted(settings.postgres().acceptDataLoss());
        FactTables.migrate(server.owner());
        return PostgresFacts.connect(server.unpooled(), promptPool, options);
    }

    /** A node without the store decides nothing, and its views stand still: it is not ready. */
    @Bean
    HealthIndicator factsHealthIndicator(ConnectedFacts facts) {
        return () -> facts.isConnected()
                ? Health.up().build()
                : Health.outOfService().build();
    }

    @Bean(destroyMethod = "")
    AxonFactStore factStore(ConnectedFacts facts) {
        return facts.store();
    }
}
