package io.stockledger.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A JVM of its own that owns a data folder until it is killed; prints one line once its row is committed. */
final class OwnerProcess implements AutoCloseable {
    private final Process process;
    private final String firstLine;

    private OwnerProcess(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    static OwnerProcess start(Path folder) throws IOException {
        return start(folder, List.of(), EnumSet.allOf(DatabaseAccount.Way.class));
    }

    /** @param wrapper the command that runs the JVM, with its arguments; none to run it directly */
    static OwnerProcess start(Path folder, List<String> wrapper, Set<DatabaseAccount.Way> ways) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                folder.toString()));
        ways.forEach(way -> command.add(way.name()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith("owns ") || line.startsWith("refused ")) {
                return new OwnerProcess(process, line);
            }
        }
        throw new IOException("the owner ended without a word: " + seen);
    }

    String firstLine() {
        return firstLine;
    }

    long serverPid() {
        return Long.parseLong(firstLine.substring("owns ".length()));
    }

    void killHard() {
        process.destroyForcibly().onExit().join();
    }

    void stopInOrder() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    @Override
    public void close() {
        killHard();
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres postgres;
        try {
            Set<DatabaseAccount.Way> ways = EnumSet.noneOf(DatabaseAccount.Way.class);
            for (int i = 1; i < arguments.length; i++) {
                ways.add(DatabaseAccount.Way.valueOf(arguments[i]));
            }
            postgres = EmbeddedPostgres.start(Path.of(arguments[0]), EmbeddedPostgresOptions.standard(), ways);
        } catch (EmbeddedPostgresFailed e) {
            System.out.println("refused " + e.getMessage());
            return;
        }
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS kept (n int)");
            statement.execute("INSERT INTO kept VALUES (42)");
        }
        System.out.println("owns " + postgres.pid());
        // Until killed, or told to stop by the end of its input.
        System.in.read();
        postgres.close();
    }
}
