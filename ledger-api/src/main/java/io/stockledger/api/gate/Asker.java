package io.stockledger.api.gate;

import io.stockledger.api.problem.RequestId;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Login;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call.
 *
 * @param known null where a method is open to everybody and nobody showed credentials
 * @param address where the call comes from, without a port
 * @param request what the call is called
 */
public record Asker(@Nullable Login known, String address, RequestId request) {

    public Caller caller() {
        return login().caller();
    }

    /** Whose credentials were shown; null where none were. */
    public @Nullable String name() {
        return known == null ? null : known.caller().name();
    }

    public Login login() {
        if (known == null) {
            throw new IllegalStateException("a call came past the check of credentials");
        }
        return known;
    }
}
