package io.stockledger.api.console;

import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.Caller;
import io.stockledger.api.security.CallerAuthentication;
import io.stockledger.api.security.Permission;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The console's door: the principals of the APIs, shown once on a page and kept in a session. */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {

    private static final int BEFORE_THE_APIS = 50;
    private static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(BEFORE_THE_APIS)
    SecurityFilterChain console(HttpSecurity http, Authentication authentication) throws Exception {
        AuthenticationManager keys =
                shown -> new CallerAuthentication(callerOf(String.valueOf(shown.getCredentials()), authentication));
        return http.securityMatcher(
                        "/",
                        "/console",
                        "/console/**",
                        "/webjars/bootstrap/**",
                        "/webjars/htmx.org/**",
                        "/webjars/chart.js/**")
                .authenticationManager(keys)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers("/console/login", "/console/assets/**", "/webjars/**")
                                .permitAll()
                                .anyRequest()
                                .hasAuthority(Permission.READ_AVAILABILITY.code()))
                .formLogin(form -> form.loginPage("/console/login")
                        .usernameParameter("name")
                        .passwordParameter("key")
                        .defaultSuccessUrl("/console/stock", true)
                        .failureUrl("/console/login?error"))
                .logout(logout -> logout.logoutUrl("/console/logout").logoutSuccessUrl("/console/login?logout"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    private static Caller callerOf(String key, Authentication authentication) {
        return authentication
                .callerOf(key.strip())
                .filter(caller -> caller.may(Permission.READ_AVAILABILITY))
                .orElseThrow(() -> new BadCredentialsException("unknown key, or one that may not see stock"));
    }
}
