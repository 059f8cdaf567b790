package io.stockledger.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Walks over folders that are ours alone. */
final class Folders {
    static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    static final Set<PosixFilePermission> OWNER_ONLY_FILE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private Folders() {}

    static void deleteAll(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Deque<Path> innermostFirst = new ArrayDeque<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(innermostFirst::push);
            for (Path path : innermostFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new EmbeddedPostgresFailed("Can't delete " + folder + ": " + e + ".", e);
        }
    }

    /** Gives everything under the folder to one user id, unless the folder itself already belongs to it. */
    static void giveTo(long userId, Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.toList();
        }
        for (Path path : paths) {
            if (ownerOf(path) != userId) {
                Files.setAttribute(path, "unix:uid", Math.toIntExact(userId), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    static long ownerOf(Path path) throws IOException {
        return ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
    }
}
