package io.stockledger.api.rest;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.RequestId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of other sites call the API from a browser: those that are named, with a key of their own and no cookie. */
public final class OtherSites {

    /** How long a browser need not ask again. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private OtherSites() {}

    /** @param origins for example {@code https://shop.example}; of any other site nothing is answered */
    public static CorsFilter filter(List<String> origins) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.IF_NONE_MATCH,
                IdempotencyKey.NAME,
                RequestId.HEADER,
                RequestId.TRACE_HEADER));
        allowed.setExposedHeaders(List.of(
                HttpHeaders.ETAG,
                HttpHeaders.RETRY_AFTER,
                RequestId.HEADER,
                RequestId.TRACE_HEADER,
                DriftRoutes.LOCATIONS));
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(REMEMBERED);
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new Refusing());
        return filter;
    }

    /** Says no as everybody here does. */
    private static final class Refusing extends DefaultCorsProcessor {

        private static final Problem REFUSED = Problem.of(
                Failures.NOT_PERMITTED,
                "This site may not call this, or not so (expected: an origin of the setting stockledger.cors.origins,"
                        + " and methods and headers of the API).");

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            HttpAnswer answer = ProblemJson.answer(REFUSED, RequestId.current());
            answer.head(((ServletServerHttpResponse) response).getServletResponse());
            response.getBody().write(answer.body());
        }
    }
}
