package io.stockledger.device.status;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that lets a local user change something through the status page. */
public final class StatusToken {

    /** Its file in the data folder; only the adapter's own user may read it. */
    public static final String FILE = "status-token";

    private StatusToken() {}

    static String readOrMake(Path data) throws IOException {
        Path file = data.resolve(FILE);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random));
        } catch (FileAlreadyExistsException e) {
            return read(data);
        }
        return read(data);
    }

    /** @throws IOException if no adapter ever ran on this folder, or this user may not read it */
    public static String read(Path data) throws IOException {
        Path file = data.resolve(FILE);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new IOException(
                    file + " is not there (expected: the adapter runs, or ran, with this data folder)", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read (expected: the adapter's own user, or root)", e);
        }
    }
}
