package io.stockledger.benchmarks.running;

import io.stockledger.benchmarks.Benchmark;
import io.stockledger.benchmarks.Figure;
import io.stockledger.benchmarks.Goal;
import io.stockledger.benchmarks.Verdict;
import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.QuickStart;
import io.stockledger.benchmarks.service.ServiceProcess;
import io.stockledger.benchmarks.service.ServiceProcess.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From the command to the first answer, with the PostgreSQL that the service brings along. */
public final class Start implements Benchmark {

    private static final double GOAL_SECONDS = 6;
    private static final int ROUNDS = 5;
    private static final int ROUNDS_QUICK = 3;
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String shows() {
        return "start to first answer on a warm data folder, embedded PostgreSQL included; with an AOT cache on JDK 25";
    }

    @Override
    public Verdict run(Workbench bench) throws Exception {
        Path folder = Files.createDirectories(bench.folder().resolve("start"));
        String classPath = QuickStart.jars(folder);
        Map<String, Launch> ways = new LinkedHashMap<>();
        String plain = "warm start, Java " + Runtime.version().feature();
        ways.put(plain, launch(folder, ServiceProcess.javaOfThisProcess(), classPath, List.of()));
        bench.progress().say("a first start, which creates the data folder");
        ServiceProcess.start(ways.get(plain)).close();
        Optional<Path> jdk25 = jdk25();
        if (jdk25.isPresent()) {
            String java = jdk25.get().toString();
            Path cache = folder.resolve("service.aot");
            Files.deleteIfExists(cache);
            bench.progress().say("a start that trains the AOT cache");
            ServiceProcess.start(launch(folder, java, classPath, List.of("-XX:AOTCacheOutput=" + cache)))
                    .close();
            ways.put(
                    "warm start, JDK 25, AOT cache", launch(folder, java, classPath, List.of("-XX:AOTCache=" + cache)));
            if (!bench.pace().quick()) {
                ways.put("warm start, JDK 25", launch(folder, java, classPath, List.of()));
            }
        } else {
            bench.note("no JDK 25 in " + JDKS + " and no -Djdk25=FOLDER, so nothing is said about an AOT cache");
        }
        return new Verdict(figures(bench, plain, ways), bench.notes());
    }

    /** The ways in turns, the median of each. */
    private static List<Figure> figures(Workbench bench, String first, Map<String, Launch> ways) throws Exception {
        int rounds = bench.pace().quick() ? ROUNDS_QUICK : ROUNDS;
        Map<String, double[]> seconds = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Launch> way : ways.entrySet()) {
                try (ServiceProcess service = ServiceProcess.start(way.getValue())) {
                    double took = service.startTook().toMillis() / 1e3;
                    seconds.computeIfAbsent(way.getKey(), any -> new double[rounds])[round] = took;
                    bench.progress()
                            .say("round " + (round + 1) + " of " + rounds + "  " + way.getKey() + ": " + took + " s");
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        seconds.forEach((way, all) -> {
            Arrays.sort(all);
            Goal goal = way.equals(first) ? Goal.atMost(GOAL_SECONDS) : Goal.none();
            figures.add(Figure.of(way, "s", all[rounds / 2], goal));
        });
        return figures;
    }

    private static Launch launch(Path folder, String java, String classPath, List<String> options) {
        List<String> command = new ArrayList<>(List.of(java));
        command.add(Launch.OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, ServiceProcess.MAIN));
        Map<String, String> settings =
                Map.of("data", folder.resolve("data").toString(), "rest-port", "0", "grpc-port", "0");
        return new Launch(command, settings, folder.resolve("service.log"), Duration.ofMinutes(3));
    }

    /** The Java of {@code -Djdk25=FOLDER}, or of a folder with a 25 in its name where Debian has its JDKs. */
    private static Optional<Path> jdk25() throws IOException {
        String named = System.getProperty("jdk25");
        if (named != null) {
            return Optional.of(Path.of(named, "bin", "java"));
        }
        if (!Files.isDirectory(JDKS)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(JDKS)) {
            return folders.filter(folder -> folder.getFileName().toString().matches(".*\\b25\\b.*"))
                    .sorted(Comparator.naturalOrder())
                    .map(folder -> folder.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
