package io.stockledger.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class KnownNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--demo",
                "--demo=true",
                "--stockledger.rest-port=8081",
                "--stockledger.restPort=8081",
                "--stockledger.trusted-proxies[0]=10.0.0.7",
                "--spring.config.location=elsewhere/",
                "--logging.structured.format.console=ecs",
                "--server.tomcat.threads.max=64",
                "--management.endpoints.web.exposure.include=health",
                "--debug",
            })
    void what_is_known_or_not_ours_passes_on_the_command_line(String argument) {
        assertThat(KnownNames.complaints(List.of(argument), new StandardEnvironment()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--stockledger.grpc-prot=9091 | --stockledger.grpc-prot | nearest: --stockledger.grpc-port;",
                "--stockledger.axonserver.adress=a:1 | --stockledger.axonserver.adress | nearest: --stockledger.axon-server.address;",
                "--stockleger.listen=0.0.0.0 | --stockleger.listen | nearest: --stockledger.listen;",
                "--rest-port=8081 | --rest-port | nearest: --stockledger.rest-port;",
                "--dmeo | --dmeo | nearest: --demo;",
                "--versoin | --versoin | nearest: --version;",
                "--stockledger.rest-port[0]=1 | --stockledger.rest-port[0] | nearest: --stockledger.rest-port;",
                "--stockledger.tls=a.pem | --stockledger.tls | docs/settings.md lists all",
                "--port=8081 | --port | docs/settings.md lists all",
                "improt | improt | nearest: import;",
                "serve | serve | expected: import or demo as the first word, or settings alone",
                "-p | -p | expected: import or demo as the first word, or settings alone",
                "stockledger.rest-port=8081 | stockledger.rest-port=8081 | expected: import or demo as the first word",
            })
    void what_nobody_reads_there_is_refused_with_the_nearest_name(String argument, String named, String told) {
        assertThat(KnownNames.complaints(List.of(argument), new StandardEnvironment()))
                .singleElement()
                .satisfies(complaint ->
                        assertThat(complaint).startsWith(named + ": no such ").contains(told));
    }

    @ParameterizedTest
    @CsvSource({
        "STOCKLEDGER_RESTPORT, 8081",
        "STOCKLEDGER_REST_PORT, 8081",
        "stockledger_restport, 8081",
        "STOCKLEDGER_TRUSTEDPROXIES_0, 10.0.0.7",
        // For commands.
        "STOCKLEDGER_API_KEY, slk_x",
        // Kubernetes tells it of a service named stockledger or stockledger-grpc, Docker of a link.
        "STOCKLEDGER_SERVICE_HOST, 10.96.0.7",
        "STOCKLEDGER_SERVICE_PORT_REST, 8080",
        "STOCKLEDGER_PORT, tcp://10.96.0.7:8080",
        "STOCKLEDGER_PORT_8080_TCP_ADDR, 10.96.0.7",
        "STOCKLEDGER_GRPC_PORT_9090_TCP, tcp://10.96.0.7:9090",
        // Others' business.
        "STOCK, 1",
        "STOCKLEDGER, /opt/stockledger",
        "PATH, /bin",
    })
    void what_is_known_or_not_ours_passes_in_the_environment(String variable, String value) {
        assertThat(KnownNames.complaints(List.of(), environment(variable, value)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STOCKLEDGER_GRPCPROT | nearest: STOCKLEDGER_GRPCPORT;",
                "STOCKLEDGER_POSTGRES_PASWORD | nearest: STOCKLEDGER_POSTGRES_PASSWORD;",
                "STOCKLEGER_LISTEN | nearest: STOCKLEDGER_LISTEN;",
                "STOCKLEDGER_RESTPORT_0 | nearest: STOCKLEDGER_RESTPORT;",
                "STOCKLEDGER_COLOUR | docs/settings.md lists all",
            })
    void what_nobody_reads_there_is_refused_with_the_nearest_variable(String variable, String told) {
        assertThat(KnownNames.complaints(List.of(), environment(variable, "1")))
                .singleElement()
                .satisfies(complaint -> assertThat(complaint)
                        .startsWith(variable + ": no such setting")
                        .contains(told));
    }

    @ParameterizedTest
    @CsvSource({
        "stockledger.grpc-prot, stockledger.grpc-port",
        "stockledgr.listen, stockledger.listen",
        "stockledger.limits.query-at-once, stockledger.limits.queries-at-once",
    })
    void what_nobody_reads_in_a_file_is_refused_with_the_nearest_name(String property, String nearest) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("a file", Map.of(property, "1")));

        assertThat(KnownNames.complaints(List.of(), environment))
                .containsExactly(property + ": no such setting (nearest: " + nearest + "; docs/settings.md lists all)");
    }

    /** What passes is what Spring reads: else it would pass and have no effect. */
    @Test
    void every_form_of_a_variable_that_passes_is_read() {
        for (String variable : List.of("STOCKLEDGER_RESTPORT", "STOCKLEDGER_REST_PORT", "stockledger_restport")) {
            StandardEnvironment environment = environment(variable, "8081");
            ConfigurationPropertySources.attach(environment);

            assertThat(Binder.get(environment)
                            .bind("stockledger.rest-port", Integer.class)
                            .get())
                    .as(variable)
                    .isEqualTo(8081);
        }
    }

    private static StandardEnvironment environment(String variable, String value) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, value)));
        return environment;
    }
}
