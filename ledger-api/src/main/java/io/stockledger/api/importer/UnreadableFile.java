package io.stockledger.api.importer;

import java.io.IOException;

/** It is not a file that this importer reads; the message says why. */
final class UnreadableFile extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableFile(String message) {
        super(message);
    }
}
