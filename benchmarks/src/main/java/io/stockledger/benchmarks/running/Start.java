package io.stockledger.benchmarks.running;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.ServiceProcess;
import io.stockledger.benchmarks.service.ServiceProcess.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** From the command to the first answer, with the PostgreSQL that the service brings along. */
public final class Start implements Benchmark {

    private static final double GOAL_SECONDS = 6;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String shows() {
        return "start to first answer on a warm data folder, embedded PostgreSQL included";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Path folder = Files.createDirectories(bench.folder().resolve("start"));
        Map<String, String> settings =
                Map.of("data", folder.resolve("data").toString(), "rest-port", "0", "grpc-port", "0");
        Launch launch = Launch.ofThisClassPath(settings, folder.resolve("service.log"));
        bench.progress().say("a first start, which creates the data folder");
        ServiceProcess.start(launch).close();
        int times = bench.pace().quick() ? 3 : bench.pace().rounds();
        double[] seconds = new double[times];
        for (int i = 0; i < times; i++) {
            try (ServiceProcess service = ServiceProcess.start(launch)) {
                seconds[i] = service.startTook().toMillis() / 1e3;
            }
            bench.progress().say("start " + (i + 1) + " of " + times + ": " + seconds[i] + " s");
        }
        Arrays.sort(seconds);
        bench.note("Java " + Runtime.version() + ", class path of jars and folders, no CDS archive of its own");
        return new Verdict(
                List.of(
                        Figure.of("warm start, median", "s", seconds[times / 2], Goal.atMost(GOAL_SECONDS)),
                        Figure.of("warm start, fastest", "s", seconds[0], Goal.none())),
                bench.notes());
    }
}
