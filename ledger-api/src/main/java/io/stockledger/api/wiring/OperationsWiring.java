package io.stockledger.api.wiring;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Health and metrics with a port of their own: on the address of the other ports, where Spring would open it to the network. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class OperationsWiring {

    @Bean
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> operationsAddress(StockledgerSettings settings) {
        return server -> server.setAddress(FreePorts.address(settings.listen()));
    }
}
