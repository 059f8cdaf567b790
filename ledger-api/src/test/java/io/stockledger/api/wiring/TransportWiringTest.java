package io.stockledger.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.security.TrustedProxies;
import io.stockledger.api.tls.Certificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Configuration;

/** Settings of TLS and of proxies that make no sense stop the start. */
class TransportWiringTest {

    private final ApplicationContextRunner start =
            new ApplicationContextRunner().withUserConfiguration(Settings.class, TransportWiring.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(StockledgerSettings.class)
    static class Settings {}

    @Test
    void without_settings_there_is_no_TLS_nobody_is_believed_and_no_other_site_may_call() {
        start.run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Certificates.class);
            assertThat(context.getBean(TrustedProxies.class).valve()).isEmpty();
            assertThat(context.getBean(FilterRegistrationBean.class).isEnabled())
                    .isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls.certificate=a.pem|certificate and private-key, both or none",
                "tls.private-key=a.key|certificate and private-key, both or none",
                "tls.client-authorities=a.pem|certificate and private-key with client-authorities",
                "cors.origins=*|each site by its name",
                "cors.origins=https://shop.example,https://a.example/x|each site by its name",
                "cors.origins=shop.example|each site by its name",
                "trusted-proxies=10.0.0.7,proxy.example|an address such as 10.0.0.7",
            })
    void what_makes_no_sense_is_told(String setting, String told) {
        start.withPropertyValues("stockledger." + setting)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .satisfies(failure -> assertThat(causes(failure)).contains(told)));
    }

    @Test
    void files_that_are_not_there_are_named() {
        start.withPropertyValues("stockledger.tls.certificate=nowhere.pem", "stockledger.tls.private-key=nowhere.key")
                .run(context -> assertThat(context.getStartupFailure())
                        .satisfies(failure -> assertThat(causes(failure))
                                .contains("stockledger.tls.certificate", "nowhere.pem", "can't be read")));
    }

    private static String causes(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
