package io.stockledger.api.console;

import io.stockledger.api.rest.HttpRefusals;
import io.stockledger.api.rest.PageCalls;
import io.stockledger.api.security.Authentication;
import io.stockledger.api.security.CallerAuthentication;
import io.stockledger.api.security.Login;
import io.stockledger.api.security.Permission;
import io.stockledger.api.security.SecurityLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** The door of the console and the API page: the principals of the APIs, shown once on a page and kept in a session. */
@Configuration(proxyBeanMethods = false)
class ConsoleSecurity {

    private static final int BEFORE_THE_APIS = 50;
    private static final String LOGIN = "/console/login";
    private static final String FIRST_PAGE = "/console/stock";
    private static final int LONGEST_ADDRESS = 2_000;
    private static final String CONTENT =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(BEFORE_THE_APIS)
    SecurityFilterChain console(
            HttpSecurity http, Authentication authentication, SecurityLog security, HttpRefusals refusals)
            throws Exception {
        RequestCache pages = pagesAskedFor();
        AuthenticationManager keys = shown -> new CallerAuthentication(logIn(shown, authentication, security));
        return http.securityMatchers(matchers -> matchers.requestMatchers(
                                "/",
                                "/console",
                                "/console/**",
                                "/api-docs",
                                "/webjars/bootstrap/**",
                                "/webjars/htmx.org/**",
                                "/webjars/chart.js/**",
                                "/webjars/swagger-ui/**")
                        .requestMatchers(ConsoleSecurity::isTheApiPageCalling)
                        .requestMatchers(ConsoleSecurity::isARefusedPage))
                .authenticationManager(keys)
                .addFilterBefore(new FewFormsAtOnce(), CsrfFilter.class)
                .addFilterAfter(new EndedSessions(), CsrfFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(LOGIN, "/console/assets/**", "/webjars/**")
                                .permitAll()
                                .anyRequest()
                                .hasAuthority(Permission.READ_AVAILABILITY.code()))
                .formLogin(form -> form.loginPage(LOGIN)
                        .usernameParameter("name")
                        .passwordParameter("key")
                        .successHandler(whereTheLoginLeadsBackTo(pages))
                        .failureHandler(aFailureLeavesNothing()))
                .csrf(csrf -> csrf.csrfTokenRepository(inACookie()))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(toTheLogin(refusals)).accessDeniedHandler(onAPage(refusals)))
                .requestCache(cache -> cache.requestCache(pages))
                .logout(logout -> logout.logoutUrl("/console/logout").logoutSuccessUrl(LOGIN + "?logout"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /** Machines show a key instead, and are dealt with where the APIs are. */
    private static boolean isTheApiPageCalling(HttpServletRequest request) {
        return isOfTheApis(request) && PageCalls.isOne(request);
    }

    private static boolean isOfTheApis(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith("/v1/") || path.equals("/openapi.yaml") || path.equals("/openapi.json");
    }

    private static AuthenticationEntryPoint toTheLogin(AuthenticationEntryPoint ofTheApis) {
        AuthenticationEntryPoint login = new LoginUrlAuthenticationEntryPoint(LOGIN);
        return (request, response, reason) ->
                (isOfTheApis(request) ? ofTheApis : login).commence(request, response, reason);
    }

    private static AccessDeniedHandler onAPage(AccessDeniedHandler ofTheApis) {
        AccessDeniedHandler page = new AccessDeniedHandlerImpl();
        return (request, response, reason) ->
                (isOfTheApis(request) ? ofTheApis : page).handle(request, response, reason);
    }

    /** Who asked for it is shown above what was wrong. */
    private static boolean isARefusedPage(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR
                && String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                        .startsWith(request.getContextPath() + "/console");
    }

    /** A session begins with the login: whoever only looks at the door leaves nothing behind. */
    private static CsrfTokenRepository inACookie() {
        CookieCsrfTokenRepository cookie = new CookieCsrfTokenRepository();
        cookie.setCookieCustomizer(token -> token.httpOnly(true).sameSite("Strict"));
        return cookie;
    }

    /** The reason would be kept in a session of twelve hours for whoever guesses. */
    private static AuthenticationFailureHandler aFailureLeavesNothing() {
        SimpleUrlAuthenticationFailureHandler again = new SimpleUrlAuthenticationFailureHandler(LOGIN + "?error");
        again.setAllowSessionCreation(false);
        return again;
    }

    /** Pages, and not the parts of one that are fetched again and again; a cookie, and with it an address, is short. */
    private static RequestCache pagesAskedFor() {
        CookieRequestCache pages = new CookieRequestCache();
        pages.setRequestMatcher(request -> request.getMethod().equals("GET")
                && request.getRequestURL().length()
                                + String.valueOf(request.getQueryString()).length()
                        < LONGEST_ADDRESS
                && request.getHeader("HX-Request") == null
                && String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML_VALUE));
        return pages;
    }

    /** To a page of this service and no other, whatever a cookie or the header Host say. */
    private static AuthenticationSuccessHandler whereTheLoginLeadsBackTo(RequestCache pages) {
        SavedRequestAwareAuthenticationSuccessHandler back = new SavedRequestAwareAuthenticationSuccessHandler();
        back.setDefaultTargetUrl(FIRST_PAGE);
        back.setRequestCache(pages);
        back.setRedirectStrategy((request, response, url) -> response.sendRedirect(withoutHost(url)));
        return back;
    }

    private static String withoutHost(String url) {
        try {
            URI asked = URI.create(url);
            String page = asked.getRawPath().replaceFirst("^/*", "/");
            return asked.getRawQuery() == null ? page : page + "?" + asked.getRawQuery();
        } catch (IllegalArgumentException e) {
            return FIRST_PAGE;
        }
    }

    private static Login logIn(
            org.springframework.security.core.Authentication shown,
            Authentication authentication,
            SecurityLog security) {
        String key = String.valueOf(shown.getCredentials()).strip();
        String address =
                shown.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : null;
        Login login = authentication
                .logIn(key)
                .filter(known -> known.caller().may(Permission.READ_AVAILABILITY))
                .orElseThrow(() -> {
                    security.tell("log-in-refused", null, address, "console");
                    return new BadCredentialsException("unknown key, or one that may not see stock");
                });
        security.tell("log-in", login.caller().name(), address, "console");
        return login;
    }
}
