package io.stockledger.api.wiring;

import io.stockledger.api.security.ApiKeys;
import io.stockledger.api.security.Seal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key that seals API keys: as it is set, or in a file beside the database's folder that the first start makes. */
final class SealKey {

    static final String FILE = "api-keys.seal-key";

    private static final Logger LOG = LoggerFactory.getLogger(SealKey.class);
    private static final String FILE_SETTING = "stockledger.api-keys.seal-key-file";

    private final Seal seal;
    private final String origin;

    private SealKey(String key, String origin) {
        this.origin = origin;
        try {
            seal = new Seal(Base64.getDecoder().decode(key));
        } catch (IllegalArgumentException e) {
            throw new StartRefused(origin + ": no seal key (expected: 32 bytes in Base64)", e);
        }
    }

    static SealKey of(StockledgerSettings settings) {
        String key = settings.apiKeys().sealKey();
        if (key != null) {
            return new SealKey(key, "stockledger.api-keys.seal-key");
        }
        Path file = Optional.ofNullable(settings.apiKeys().sealKeyFile())
                .orElse(settings.data().resolve(FILE))
                .toAbsolutePath();
        createIfAbsent(file);
        return new SealKey(GivenSecret.in(file, FILE_SETTING), file.toString());
    }

    Seal seal() {
        return seal;
    }

    /**
     * Says which keys are refused.
     *
     * @throws StartRefused when all are, unless another admin key is about to be made
     */
    void requireTheOneOf(ApiKeys keys, boolean anotherComes) {
        ApiKeys.Seals seals = keys.seals();
        if (seals.broken() == 0) {
            return;
        }
        if (seals.broken() == seals.living() && !anotherComes) {
            throw new StartRefused("None of the " + seals.living()
                    + " API keys in the database is sealed under"
                    + " the key in " + origin + " (expected: the key under which they were made, from a backup or from"
                    + " another node; or, where it is lost, one start with stockledger.new-admin-key=NAME, after which"
                    + " all other keys have to be made anew).");
        }
        LOG.warn(
                "{} of {} API keys are refused: the database has them otherwise than this service wrote them, or sealed"
                        + " under another key than that in {}",
                seals.broken(),
                seals.living(),
                origin);
    }

    private static void createIfAbsent(Path file) {
        if (Files.exists(file)) {
            return;
        }
        byte[] key = new byte[Seal.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            // For its owner alone to read.
            Path whole = Files.createTempFile(Files.createDirectories(file.getParent()), FILE, ".new");
            Files.writeString(whole, Base64.getEncoder().encodeToString(key) + "\n");
            Files.move(whole, file);
        } catch (FileAlreadyExistsException e) {
            // A node that started at the same moment was first; its key is read.
        } catch (IOException e) {
            throw new StartRefused(
                    FILE_SETTING + ": " + file + " can't be written (expected: a file that this service may write)", e);
        }
    }
}
