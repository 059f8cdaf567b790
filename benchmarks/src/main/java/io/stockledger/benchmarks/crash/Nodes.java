package io.stockledger.benchmarks.crash;

import io.stockledger.benchmarks.Workbench.Database;
import io.stockledger.benchmarks.load.LedgerClient;
import io.stockledger.benchmarks.service.QuickStart;
import io.stockledger.benchmarks.service.RunningLedger;
import io.stockledger.benchmarks.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The nodes of the service, each a process that may be dead, and the callers' way to those that are not. */
final class Nodes implements AutoCloseable {

    private static final long UP_WITHIN_SECONDS = 120;

    private final QuickStart quickStart;
    private final Map<String, String> settings;
    private final Path folder;
    private final @Nullable ServiceProcess[] processes;
    private final @Nullable LedgerClient[] clients;
    private String key = "";

    /** @param port where the database is reached */
    Nodes(QuickStart quickStart, Database database, int port, Path folder, int nodes) {
        this.quickStart = quickStart;
        this.settings = new HashMap<>(RunningLedger.settings(database));
        this.settings.put(
                "postgres.url",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name() + "?sslmode=disable&gssEncMode=disable");
        this.folder = folder;
        this.processes = new ServiceProcess[nodes];
        this.clients = new LedgerClient[nodes];
    }

    int count() {
        return processes.length;
    }

    void start(int node) throws Exception {
        ServiceProcess process =
                ServiceProcess.start(quickStart.launch(settings, folder.resolve("node-" + node + ".log")));
        process.adminKey().ifPresent(printed -> key = printed);
        synchronized (this) {
            processes[node] = process;
            clients[node] = new LedgerClient(process.grpcPort(), key, 1);
            notifyAll();
        }
    }

    /** SIGKILL; returns when the process is gone. May be called from any thread. */
    void kill(int node) {
        process(node).kill();
    }

    /** SIGTERM, while callers go on calling; returns when the process has ended by itself. */
    void end(int node) throws IOException, InterruptedException {
        process(node).end();
    }

    /** Callers go elsewhere from now on, or wait. */
    void takeOut(int node) throws InterruptedException {
        LedgerClient client;
        synchronized (this) {
            client = clients[node];
            clients[node] = null;
        }
        if (client != null) {
            client.close();
        }
    }

    /** Of the node that is to be tried at this attempt, or of the next that is up; waits while none is. */
    synchronized LedgerClient up(int attempt) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(UP_WITHIN_SECONDS);
        while (true) {
            for (int i = 0; i < clients.length; i++) {
                LedgerClient client = clients[Math.floorMod(attempt + i, clients.length)];
                if (client != null) {
                    return client;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("no node was up for " + UP_WITHIN_SECONDS + " s");
            }
            wait(left);
        }
    }

    synchronized LedgerClient client(int node) {
        LedgerClient client = clients[node];
        if (client == null) {
            throw new IllegalStateException("node " + node + " is down");
        }
        return client;
    }

    private synchronized ServiceProcess process(int node) {
        ServiceProcess process = processes[node];
        if (process == null) {
            throw new IllegalStateException("node " + node + " was never started");
        }
        return process;
    }

    /** By SIGKILL: what an orderly stop does is none of this suite's questions. */
    @Override
    public void close() throws InterruptedException {
        for (int node = 0; node < clients.length; node++) {
            takeOut(node);
        }
        for (ServiceProcess process : processes) {
            if (process != null) {
                process.kill();
            }
        }
    }
}
