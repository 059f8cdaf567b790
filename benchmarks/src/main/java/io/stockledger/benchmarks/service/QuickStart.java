package io.stockledger.benchmarks.service;

import io.stockledger.benchmarks.Workbench;
import io.stockledger.benchmarks.service.ServiceProcess.Launch;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * The service with what makes its start cheap: classes from an archive that one start before has written, and no
 * compiler that a process of a few seconds never repays. A start costs a quarter of the processor's time that way.
 */
public final class QuickStart {

    /** On a machine that is busy with much else. */
    private static final Duration WITHIN = Duration.ofMinutes(3);

    private final List<String> java;

    private QuickStart(List<String> java) {
        this.java = java;
    }

    /** Starts the service once, on a database of its own, and keeps the classes that it loaded. */
    public static QuickStart prepare(Workbench bench) throws Exception {
        Path folder = Files.createDirectories(bench.folder().resolve("quick-start"));
        Path archive = folder.resolve("classes.jsa");
        Files.deleteIfExists(archive);
        String classPath = jars(folder);
        Launch training = new Launch(
                java("-XX:ArchiveClassesAtExit=" + archive, classPath),
                RunningLedger.settings(bench.freshDatabase("quick_start")),
                folder.resolve("service.log"),
                WITHIN);
        bench.progress().say("a first start, which writes the archive of its classes");
        ServiceProcess.start(training).close();
        return new QuickStart(java("-XX:SharedArchiveFile=" + archive, classPath));
    }

    /** @param settings by name, without {@code stockledger.} */
    public Launch launch(Map<String, String> settings, Path log) {
        return new Launch(java, settings, log, WITHIN);
    }

    private static List<String> java(String archive, String classPath) {
        return List.of(
                ServiceProcess.javaOfThisProcess(),
                "-Xmx320m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                archive,
                "-cp",
                classPath,
                ServiceProcess.MAIN);
    }

    /** This Java's class path with its folders packed into jars: Java archives no class that comes from a folder. */
    public static String jars(Path folder) throws IOException {
        ToolProvider jar = ToolProvider.findFirst("jar")
                .orElseThrow(() -> new IOException(
                        "no jar tool in " + System.getProperty("java.home") + " (expected: a JDK, not a JRE)"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.isEmpty()) {
                // Left by a separator at the end; packed, it would be the whole file system.
                continue;
            }
            if (Files.isDirectory(Path.of(entry))) {
                String packed =
                        folder.resolve("folder-" + entries.size() + ".jar").toString();
                StringWriter said = new StringWriter();
                PrintWriter out = new PrintWriter(said);
                int failed = jar.run(out, out, "--create", "--no-compress", "--file", packed, "-C", entry, ".");
                if (failed != 0) {
                    throw new IOException(entry + " could not be packed into " + packed + ": " + said);
                }
                entries.add(packed);
            } else {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }
}
