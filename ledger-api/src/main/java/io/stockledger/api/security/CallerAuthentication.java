package io.stockledger.api.security;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A caller in Spring Security's words; its authorities are the permissions that its roles give. In a session it lasts no
 * longer than the credentials that were shown, and ends for good at some time however busy it is.
 */
public final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private static final Duration LONGEST = Duration.ofHours(12);

    private final transient Login login;
    private final long began = System.nanoTime();

    public CallerAuthentication(Login login) {
        super(Arrays.stream(Permission.values())
                .filter(login.caller()::may)
                .map(permission -> new SimpleGrantedAuthority(permission.code()))
                .toList());
        this.login = login;
    }

    public Login login() {
        return login;
    }

    @Override
    public boolean isAuthenticated() {
        return System.nanoTime() - began < LONGEST.toNanos() && login.isGood();
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return login.caller();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication authentication && authentication.login.equals(login);
    }

    @Override
    public int hashCode() {
        return login.hashCode();
    }
}
