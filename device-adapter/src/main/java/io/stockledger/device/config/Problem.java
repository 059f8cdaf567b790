package io.stockledger.device.config;

/**
 * One thing that is wrong in a file.
 *
 * @param line counted from 1
 * @param path where in the file, such as {@code devices[1].profile}
 * @param message the value and what was expected
 */
public record Problem(String file, int line, String path, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + path + ": " + message;
    }
}
