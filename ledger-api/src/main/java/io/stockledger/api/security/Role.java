package io.stockledger.api.security;

import io.stockledger.document.Coded;
import io.stockledger.document.InvalidCommand;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a principal is in the shop. */
public enum Role implements Coded {
    POS,
    WEBSHOP,
    STOCK_CONTROLLER,
    AUDITOR,
    DEVICE,
    ADMIN;

    public static Optional<Role> ofCode(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    /** @throws InvalidCommand when one of the codes names no role, or there is none */
    static Set<Role> ofCodes(Collection<String> codes) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String code : codes) {
            roles.add(ofCode(code)
                    .orElseThrow(() -> new InvalidCommand(
                            "roles",
                            "'" + code + "' (expected: one of "
                                    + Arrays.stream(values()).map(Role::code).toList() + ")")));
        }
        if (roles.isEmpty()) {
            throw new InvalidCommand("roles", "none (expected: at least one)");
        }
        return roles;
    }
}
