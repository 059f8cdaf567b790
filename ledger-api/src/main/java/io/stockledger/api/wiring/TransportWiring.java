package io.stockledger.api.wiring;

import io.stockledger.api.rest.OtherSites;
import io.stockledger.api.security.TrustedProxies;
import io.stockledger.api.tls.Certificates;
import io.stockledger.api.tls.PemFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.CorsFilter;

/** How requests come in: by TLS, where certificates are set, and through proxies, where some are trusted. */
@Configuration(proxyBeanMethods = false)
class TransportWiring {

    @Bean
    @ConditionalOnProperty("stockledger.tls.certificate")
    Certificates certificates(StockledgerSettings settings) {
        StockledgerSettings.Tls tls = settings.tls();
        return new Certificates(
                new PemFiles(given(tls.certificate()), given(tls.privateKey()), tls.clientAuthorities()));
    }

    /** The settings were checked as a whole. */
    private static Path given(@Nullable Path file) {
        return Objects.requireNonNull(file);
    }

    @Bean
    TrustedProxies trustedProxies(StockledgerSettings settings) {
        List<String> trusted = settings.trustedProxies();
        return new TrustedProxies(trusted == null ? List.of() : trusted);
    }

    /** Before the door, since a browser asks whether it may without showing credentials. */
    @Bean
    FilterRegistrationBean<CorsFilter> otherSites(StockledgerSettings settings) {
        List<String> origins = settings.cors().allowed();
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(OtherSites.filter(origins));
        filter.addUrlPatterns("/v1/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setEnabled(!origins.isEmpty());
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> transport(
            Optional<Certificates> certificates, TrustedProxies proxies) {
        return server -> {
            certificates.map(Certificates::forRest).ifPresent(server::setSsl);
            proxies.valve().ifPresent(server::addEngineValves);
        };
    }
}
