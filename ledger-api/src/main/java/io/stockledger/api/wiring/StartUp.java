package io.stockledger.api.wiring;

import io.stockledger.api.grpc.GrpcServer;
import io.stockledger.api.security.ApiKeys;
import io.stockledger.api.security.Role;
import io.stockledger.api.security.SecurityLog;
import io.stockledger.api.store.ConnectedFacts;
import io.stockledger.document.InvalidCommand;
import io.stockledger.eventstore.postgres.FactTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at the end of the start where everything is, what is not as safe as it could be and, once, the first admin key. */
@Component
final class StartUp {

    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final String FIRST_ADMIN = "admin";
    private static final String AWAY = " (does not answer yet; until it does, commands are refused)";

    private final ApiKeys keys;
    private final SecurityLog security;
    private final GrpcServer grpc;
    private final PostgresServer postgres;
    private final ConnectedFacts facts;
    private final StockledgerSettings settings;
    private final ServletWebServerApplicationContext web;

    StartUp(
            ApiKeys keys,
            GrpcServer grpc,
            PostgresServer postgres,
            ConnectedFacts facts,
            StockledgerSettings settings,
            ServletWebServerApplicationContext web,
            SecurityLog security) {
        this.security = security;
        this.keys = keys;
        this.grpc = grpc;
        this.postgres = postgres;
        this.facts = facts;
        this.settings = settings;
        this.web = web;
    }

    @EventListener(ApplicationReadyEvent.class)
    @SuppressWarnings("SystemOut") // a key must not go into a log file
    void announce() {
        Optional<ApiKeys.Created> created = createAdminKey();
        String host = settings.listen().equals("0.0.0.0") ? "localhost" : settings.listen();
        String rest = (settings.tls().isOn() ? "https://" : "http://") + host + ":"
                + Optional.ofNullable(web.getWebServer()).orElseThrow().getPort();
        StringBuilder text = new StringBuilder("\n  Stockledger is ready\n\n");
        line(text, "REST", rest + "/v1");
        line(text, "gRPC", host + ":" + grpc.port());
        line(text, "API page", rest + "/api-docs");
        line(text, "Console", rest + "/console");
        line(text, "Metrics", (settings.operationsPort() == null ? rest : operations(host)) + "/actuator/prometheus");
        line(text, "PostgreSQL", postgres.description());
        String axonServer = settings.axonServer().address();
        if (axonServer != null) {
            line(text, "Axon Server", axonServer + (facts.isConnected() ? "" : AWAY));
        }
        FactTables.mayBeChangedBy(postgres.unpooled()).ifPresent(role -> tellThatFactsMayBeChanged(role, text));
        created.ifPresent(key -> tell(key.secret(), text));
        System.out.println(text);
        System.out.flush();
    }

    private String operations(String host) {
        return "http://" + host + ":" + web.getEnvironment().getProperty("local.management.port");
    }

    private void tellThatFactsMayBeChanged(String role, StringBuilder text) {
        line(text, "Facts", "may be changed by role '" + role + "', which the service uses");
        text.append("    Give them to a role of their own: docs/postgresql.md says how.\n");
        LOG.warn(
                "Role '{}', which the service uses, may change facts (expected: another owner, see docs/postgresql.md)",
                role);
        security.tell("facts-unguarded", null, null, "role " + role);
    }

    private void tell(String secret, StringBuilder text) {
        Path file = settings.adminKeyFile();
        if (file == null) {
            line(text, "Admin key", secret);
            text.append("    This key is shown only once and kept as a hash. Keep it safe.\n");
        } else {
            write(secret, file);
            line(text, "Admin key", "in " + file.toAbsolutePath());
            text.append("    It is kept as a hash only. Read it, keep it safe, and delete the file.\n");
        }
    }

    private static void write(String secret, Path file) {
        try {
            Path empty = Files.createTempFile(
                    Files.createDirectories(file.toAbsolutePath().getParent()), "admin-key-", ".new");
            Files.writeString(empty, secret + "\n");
            Files.move(empty, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartRefused(
                    "stockledger.admin-key-file: " + file
                            + " can't be written (expected: a file that this service may write)",
                    e);
        }
    }

    private Optional<ApiKeys.Created> createAdminKey() {
        String another = settings.newAdminKey();
        if (!keys.isEmpty() && another == null) {
            return Optional.empty();
        }
        try {
            ApiKeys.Created created =
                    keys.create(another == null ? FIRST_ADMIN : another, List.of(Role.ADMIN.code()), List.of());
            security.tell("make-key", null, null, created.key().name() + " with [admin] at all, at the start");
            return Optional.of(created);
        } catch (InvalidCommand e) {
            if (another == null) {
                // Another node that started at the same moment has created and printed it.
                return Optional.empty();
            }
            throw new StartRefused("stockledger.new-admin-key: " + e.getMessage(), e);
        }
    }

    private static void line(StringBuilder text, String what, String where) {
        text.append("    ")
                .append(what)
                .append(" ".repeat(14 - what.length()))
                .append(where)
                .append('\n');
    }
}
