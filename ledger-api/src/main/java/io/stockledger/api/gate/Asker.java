package io.stockledger.api.gate;

import io.stockledger.api.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call.
 *
 * @param known null where a method is open to everybody and nobody showed credentials
 * @param address where the call comes from, without a port
 */
public record Asker(@Nullable Caller known, String address) {

    public Caller caller() {
        if (known == null) {
            throw new IllegalStateException("a call came past the check of credentials");
        }
        return known;
    }
}
