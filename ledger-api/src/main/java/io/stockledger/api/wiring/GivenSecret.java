package io.stockledger.api.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A secret as it is set: itself, or the file that holds it. */
final class GivenSecret {

    private GivenSecret() {}

    /** @param setting the name of the one that names the file */
    static @Nullable String of(@Nullable String value, @Nullable Path file, String setting) {
        return file == null ? value : in(file, setting);
    }

    static String in(Path file, String setting) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartRefused(
                    setting + ": " + file + " can't be read (expected: a file that this service may read)", e);
        }
    }
}
