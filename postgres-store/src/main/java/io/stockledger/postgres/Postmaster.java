package io.stockledger.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Which server processes, if any, work on a cluster's files: ours, or those an owner left behind. */
final class Postmaster {
    private final Path files;

    Postmaster(Path files) {
        this.files = files;
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
    Optional<ProcessHandle> orphan() throws IOException {
        return pidInFile().flatMap(ProcessHandle::of).filter(this::worksHere);
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

    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    private boolean worksHere(ProcessHandle process) {
        Path workingFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            // Every process of a server has the cluster's folder as its working folder.
            return Files.isSymbolicLink(workingFolder)
                    ? Files.readSymbolicLink(workingFolder).equals(files.toRealPath()) && isPostgres(process)
                    : isPostgres(process) && !Files.exists(Path.of("/proc/self"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(c -> c.contains("postgres")).orElse(false);
    }
}
