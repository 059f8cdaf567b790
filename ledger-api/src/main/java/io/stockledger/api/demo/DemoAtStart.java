package io.stockledger.api.demo;

import io.grpc.InsecureChannelCredentials;
import io.stockledger.api.client.Connection;
import io.stockledger.api.client.LedgerUnreachable;
import io.stockledger.api.client.Progress;
import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.api.security.Role;
import io.stockledger.api.wiring.StockledgerSettings;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * {@code --demo}: plays the demo once the service is up. It comes in through the front door, with an API key that it
 * is given for the time being.
 */
@Component
@ConditionalOnProperty(name = "demo", matchIfMissing = false)
final class DemoAtStart {

    private static final Logger LOG = LoggerFactory.getLogger(DemoAtStart.class);
    private static final String KEY_NAME = "demo-";

    private final ApiKeys keys;
    private final GrpcServer grpc;
    private final ServletWebServerApplicationContext web;
    private final StockledgerSettings settings;
    private final InstantSource clock;

    DemoAtStart(
            ApiKeys keys,
            GrpcServer grpc,
            ServletWebServerApplicationContext web,
            StockledgerSettings settings,
            InstantSource clock) {
        if (settings.tls().isOn()) {
            throw new InvalidConfigurationPropertyValueException(
                    "demo", "true", "expected: no stockledger.tls.certificate, because this demo speaks without TLS");
        }
        this.keys = keys;
        this.grpc = grpc;
        this.web = web;
        this.settings = settings;
        this.clock = clock;
    }

    /** After the service has said where it is. The service answers others meanwhile. */
    @EventListener(ApplicationReadyEvent.class)
    @Order
    void play() {
        Thread player = new Thread(this::playNow, "demo");
        player.setDaemon(true);
        player.start();
    }

    @SuppressWarnings("SystemOut") // for who started it at a terminal
    private void playNow() {
        ApiKeys.Created key = keys.create(KEY_NAME + clock.instant(), List.of(Role.ADMIN.code()), List.of());
        String host = settings.listen().equals("0.0.0.0") ? "127.0.0.1" : settings.listen();
        int port = Optional.ofNullable(web.getWebServer()).orElseThrow().getPort();
        URI rest = URI.create("http://" + host + ":" + port);
        try (Connection connection =
                Connection.to(host + ":" + grpc.port(), key.secret(), InsecureChannelCredentials.create())) {
            Demo demo = new Demo(connection, rest, key.secret(), Progress.ofProcess());
            Demo.Result result = demo.run(demo.week(clock.instant()), Long.parseLong(DemoCommand.DEFAULT_SEED));
            System.out.println(WorthOpening.text(result, rest));
        } catch (IOException | LedgerUnreachable e) {
            LOG.warn("The demo stopped: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            keys.revoke(key.key().id());
        }
    }
}
