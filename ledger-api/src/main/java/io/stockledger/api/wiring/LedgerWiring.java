package io.stockledger.api.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.gate.ProblemCounts;
import io.stockledger.api.metrics.LedgerMetrics;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.api.security.RateLimits;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.eventstore.AxonFactStore;
import io.stockledger.ledger.BusinessTimes;
import io.stockledger.ledger.Ledger;
import io.stockledger.ledger.LedgerSettings;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ledger, and the one way in for commands. */
@Configuration(proxyBeanMethods = false)
class LedgerWiring {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Gives answers, so that the writer need not. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService ledgerAnswers() {
        return Executors.newSingleThreadExecutor(named("ledger-answers-"));
    }

    /** Writes snapshots, for which neither the writer nor an answer should wait. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService ledgerSnapshots() {
        return Executors.newSingleThreadExecutor(named("ledger-snapshots-"));
    }

    @Bean
    Ledger ledger(
            AxonFactStore facts,
            StockledgerSettings settings,
            InstantSource clock,
            MeterRegistry meters,
            ExecutorService ledgerAnswers,
            ExecutorService ledgerSnapshots) {
        StockledgerSettings.Limits limits = settings.limits();
        LedgerSettings ledgerSettings = new LedgerSettings(
                limits.commandsWaiting(),
                limits.commandsPerBatch(),
                limits.factsPerAppend(),
                limits.statesInMemory(),
                limits.answersInMemory(),
                limits.factsPerSnapshot(),
                limits.patience(),
                new BusinessTimes(
                        settings.businessTime().ahead(), settings.businessTime().behind()));
        Ledger ledger =
                Ledger.start(facts, ledgerSettings, clock, new LedgerMetrics(meters), ledgerAnswers, ledgerSnapshots);
        Gauge.builder("stockledger.commands.waiting", ledger, Ledger::waiting)
                .description("Commands that wait to be decided")
                .register(meters);
        return ledger;
    }

    @Bean
    ProblemCounts problemCounts(MeterRegistry meters, SecurityLog security) {
        return new ProblemCounts(meters, security);
    }

    @Bean
    CommandGate commandGate(Ledger ledger, RateLimits rates, ApiKeys keys, ProblemCounts counts) {
        return new CommandGate(ledger, rates, keys.numberRanges(), counts);
    }

    static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
