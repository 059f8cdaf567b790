package io.stockledger.api.wiring;

import org.jspecify.annotations.Nullable;

/** The service can't start as it is set up. The message is all that its operator needs: what was found, what was expected. */
public class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        this(message, null);
    }

    public StartRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
