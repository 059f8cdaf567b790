package io.stockledger.benchmarks.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals to a PostgreSQL's main process and to all that it has begun. */
final class PostgresProcesses {

    private PostgresProcesses() {}

    /** @param signal for example {@code KILL} */
    static void signal(long mainProcess, String signal) throws IOException, InterruptedException {
        ProcessHandle main = ProcessHandle.of(mainProcess)
                .orElseThrow(() -> new IOException("PostgreSQL process " + mainProcess + " (expected: alive)"));
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(main.pid())));
        main.descendants().forEach(process -> command.add(Long.toString(process.pid())));
        Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
        // One of many that ended by itself meanwhile makes kill fail for it alone.
        if (!kill.waitFor(10, TimeUnit.SECONDS)) {
            throw new IOException(command + " did not end within 10 s");
        }
    }
}
