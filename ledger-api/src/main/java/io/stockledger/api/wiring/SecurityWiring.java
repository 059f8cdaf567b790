package io.stockledger.api.wiring;

import io.stockledger.api.problem.RequestRefused;
import io.stockledger.api.rest.HttpRefusals;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.CallerAuthentication;
import io.stockledger.api.security.EnrolmentCodes;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.RateLimits;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.api.security.TokenIssuer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.SecurityFilterChain;

/** Who may come in. Nothing is open but health; the contract's methods are guarded at their own doors. */
@Configuration(proxyBeanMethods = false)
class SecurityWiring {

    /** A chain for other paths, such as pages with a login, comes before this one. */
    static final int API_CHAIN = 100;

    private static final String[] OPEN = {"/actuator/health", "/actuator/health/*"};

    /** @param server it has the data folder for itself by now, in which a key may have to be made */
    @Bean
    SealKey sealKey(StockledgerSettings settings, PostgresServer server) {
        return SealKey.of(settings);
    }

    @Bean
    ApiKeys apiKeys(
            JdbcClient keyDatabase,
            SealKey sealKey,
            SecurityLog security,
            StockledgerSettings settings,
            InstantSource clock) {
        ApiKeys keys = new ApiKeys(keyDatabase, sealKey.seal(), security, clock);
        sealKey.requireTheOneOf(keys, settings.newAdminKey() != null);
        return keys;
    }

    @Bean
    SecurityLog securityLog(JdbcClient keyDatabase, InstantSource clock) {
        return new SecurityLog(keyDatabase, clock);
    }

    @Bean
    EnrolmentCodes enrolmentCodes(
            JdbcClient keyDatabase, ApiKeys keys, SealKey sealKey, SecurityLog security, InstantSource clock) {
        return new EnrolmentCodes(keyDatabase, keys, sealKey.seal(), security, clock);
    }

    @Bean
    Authentication authentication(ApiKeys keys, StockledgerSettings settings, InstantSource clock) {
        return new Authentication(keys, decoder(settings.jwt()), settings.jwt().rolesClaim(), clock);
    }

    @Bean
    RateLimits rateLimits(StockledgerSettings settings) {
        return new RateLimits(
                settings.rateLimit().perSecond(), settings.rateLimit().burst());
    }

    /** Spring Security would start and stop timers around each of its filters, which took a third of a request's time. */
    @Bean
    SecurityObservationSettings noTimersInSecurity() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @Order(API_CHAIN)
    SecurityFilterChain api(HttpSecurity http, Authentication authentication, HttpRefusals refusals) throws Exception {
        AuthenticationManager manager =
                shown -> authenticated(((BearerTokenAuthenticationToken) shown).getToken(), authentication);
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasAuthority(Permission.READ_METRICS.code())
                        .anyRequest()
                        .authenticated())
                .headers(headers -> headers.xssProtection(HeadersConfigurer.XXssConfig::disable))
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> manager)
                        .bearerTokenResolver(SecurityWiring::token)
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .build();
    }

    /** Found as at the door of the contract, so that the same header is told the same everywhere. */
    private static @Nullable String token(HttpServletRequest request) {
        return Authentication.bearer(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(token -> !token.isEmpty())
                .orElse(null);
    }

    /** A failure to look goes to the entry point too, which alone answers with a problem. */
    private static CallerAuthentication authenticated(String token, Authentication authentication) {
        try {
            return authentication
                    .logIn(token)
                    .map(CallerAuthentication::new)
                    .orElseThrow(() -> new InvalidBearerTokenException("unknown, revoked or out of date"));
        } catch (RequestRefused | DataAccessException e) {
            throw new InvalidBearerTokenException("can't be checked now", e);
        }
    }

    private static Optional<JwtDecoder> decoder(StockledgerSettings.Jwt settings) {
        String issuer = settings.issuer();
        return issuer == null ? Optional.empty() : Optional.of(new TokenIssuer(issuer, settings.audience()));
    }
}
