package io.stockledger.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The files of this repository, without what was built or what git keeps. */
final class Repository {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "data", "node_modules");

    private Repository() {}

    /** The nearest folder upwards that holds Maven's root marker. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "working directory: " + Path.of("").toAbsolutePath()
                                + " (expected: inside the repository, below the folder that holds .mvn)");
            }
            folder = parent;
        }
        return folder;
    }

    /** Every file below {@code root} whose name ends in {@code suffix}, sorted. */
    static List<Path> files(Path root, String suffix) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean foreign = !folder.equals(root)
                            && NOT_OURS.contains(folder.getFileName().toString())
                            && !folder.toString().contains("/src/");
                    return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(suffix)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
