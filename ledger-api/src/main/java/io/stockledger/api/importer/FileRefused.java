package io.stockledger.api.importer;

import java.io.IOException;

/** Nothing of the file was sent; the message says why. */
final class FileRefused extends IOException {

    private static final long serialVersionUID = 1L;

    FileRefused(String message) {
        super(message);
    }
}
