package io.stockledger.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Which server processes, if any, work on a cluster's files: ours, or those an owner left behind. */
final class Postmaster {
    private static final Duration LOOK_WITHIN = Duration.ofMinutes(1);
    private static final Path PROCESSES = Path.of("/proc");

    /** Prints the ids of the processes whose working folder is the argument. */
    private static final String LIST_PROCESSES_IN =
            "for p in /proc/[0-9]*; do [ \"$(readlink \"$p/cwd\" 2>/dev/null)\" = \"$1\" ] && echo \"${p#/proc/}\"; done; :";

    private final Path files;
    private final DatabaseAccount account;

    Postmaster(Path files, DatabaseAccount account) {
        this.files = files;
        this.account = account;
    }

    Optional<Long> pidInFile() throws IOException {
        Path pidFile = files.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(Long.parseLong(lines.get(0).strip()));
    }

    /** The server that an owner left running, as the file of its process id tells and the process itself confirms. */
    Optional<ProcessHandle> running() throws IOException {
        Optional<Long> pid = pidInFile();
        return pid.isEmpty()
                ? Optional.empty()
                : processes().stream()
                        .filter(process -> process.pid() == pid.get())
                        .findFirst();
    }

    /**
     * Removes a process id file whose number now belongs to a stranger (usual after a restarted container, where process
     * ids are few): PostgreSQL would take the stranger for a running server and refuse to start.
     */
    void forgetStranger() throws IOException {
        Optional<Long> pid = pidInFile();
        if (pid.isPresent()
                && pid.flatMap(ProcessHandle::of).isPresent()
                && processes().isEmpty()) {
            Files.deleteIfExists(files.resolve("postmaster.pid"));
        }
    }

    /** Server processes outlive a killed postmaster for a moment; a new one must not start beside them. */
    void awaitNone(Duration within) throws IOException {
        for (ProcessHandle process : processes()) {
            CompletableFuture<ProcessHandle> end = process.onExit();
            try {
                end.get(within.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
                end.join();
            } catch (ExecutionException e) {
                throw new IOException("can't wait for process " + process.pid(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for process " + process.pid(), e);
            }
        }
    }

    /** Every process of a server has the cluster's folder as its working folder. */
    private List<ProcessHandle> processes() throws IOException {
        if (!Files.isDirectory(files)) {
            return List.of();
        }
        if (!Files.isDirectory(PROCESSES.resolve("self"))) {
            return pidInFile()
                    .flatMap(ProcessHandle::of)
                    .filter(Postmaster::isPostgres)
                    .map(List::of)
                    .orElse(List.of());
        }
        Path folder = files.toRealPath();
        List<ProcessHandle> found = new ArrayList<>();
        boolean mayNotLookIntoAll = false;
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            try {
                if (folder.equals(Files.readSymbolicLink(PROCESSES.resolve(process.pid() + "/cwd")))) {
                    found.add(process);
                }
            } catch (AccessDeniedException e) {
                mayNotLookIntoAll = true;
            } catch (IOException e) {
                // It has ended meanwhile.
            }
        }
        // Root in a container often may not look into other users' processes; the database's account may.
        return mayNotLookIntoAll && !account.isThisUser() ? processesSeenByTheAccount(folder) : found;
    }

    private List<ProcessHandle> processesSeenByTheAccount(Path folder) throws IOException {
        String pids = Command.run(
                LOOK_WITHIN,
                Path.of("/"),
                account.wrap(List.of("sh", "-c", LIST_PROCESSES_IN, "sh", folder.toString())));
        try (Stream<String> lines = pids.lines()) {
            return lines.map(Long::parseLong)
                    .map(ProcessHandle::of)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(c -> c.contains("postgres")).orElse(false);
    }
}
