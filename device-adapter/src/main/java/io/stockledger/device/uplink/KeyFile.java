package io.stockledger.device.uplink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The file that holds the adapter's API key. */
public final class KeyFile {

    private KeyFile() {}

    /**
     * The key in the first line; empty if there is no file, as for a ledger that asks for none.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public static String read(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).lines().findFirst().orElse("").strip()
                : "";
    }

    /** @throws IOException if {@link #write} would fail */
    public static void checkWritable(Path file) throws IOException {
        Path folder = folderOf(file);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IOException("key-file: " + file + " (expected: in a folder that this user may write to)");
        }
    }

    /** Replaces the key as a whole. Its owner and group may read it, which are those of the folder. */
    public static void write(Path file, String key) throws IOException {
        Path folder = folderOf(file);
        Path written = Files.createTempFile(
                folder,
                "key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(written, key + "\n");
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        Files.getFileAttributeView(written, PosixFileAttributeView.class).setGroup(attributes.group());
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-r-----"));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("/") : folder;
    }
}
