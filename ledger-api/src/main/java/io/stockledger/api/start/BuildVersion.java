package io.stockledger.api.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version this is, made of which commit: as the build wrote it down, and as {@code /actuator/info} tells it too. */
final class BuildVersion implements IVersionProvider {

    private static final String VERSION = "/META-INF/build-info.properties";
    private static final String COMMIT = "/git.properties";

    @Override
    public String[] getVersion() {
        return new String[] {
            "Stockledger " + written(VERSION, "build.version") + ", commit " + written(COMMIT, "git.commit.id")
        };
    }

    /** A build that saw no Git knows no commit. */
    private static String written(String file, String property) {
        Properties properties = new Properties();
        try (InputStream written = BuildVersion.class.getResourceAsStream(file)) {
            if (written != null) {
                properties.load(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
        return properties.getProperty(property, "unknown");
    }
}
