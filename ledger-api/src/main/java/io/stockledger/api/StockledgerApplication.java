package io.stockledger.api;

import io.stockledger.api.start.Commands;
import io.stockledger.api.start.FailedStart;
import io.stockledger.api.wiring.StockledgerSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The service. */
@SpringBootApplication
@EnableConfigurationProperties(StockledgerSettings.class)
public class StockledgerApplication {

    public static void main(String[] arguments) {
        if (Commands.areNamedBy(arguments)) {
            System.exit(Commands.run(arguments));
        }
        try {
            SpringApplication.run(StockledgerApplication.class, arguments);
        } catch (RuntimeException failure) {
            System.exit(FailedStart.tell(failure));
        }
    }
}
