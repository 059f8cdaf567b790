package io.stockledger.api.security;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller in Spring Security's words; its authorities are the permissions that its roles give. */
public final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    public CallerAuthentication(Caller caller) {
        super(Arrays.stream(Permission.values())
                .filter(caller::may)
                .map(permission -> new SimpleGrantedAuthority(permission.code()))
                .toList());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication authentication && authentication.caller.equals(caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
