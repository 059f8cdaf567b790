package io.stockledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.postgres.TestPostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** That nothing secret is printed even where much is, and that it would be noticed. */
@ResourceLock(Resources.SYSTEM_OUT)
class PrintedSecretsIT {

    private static final TestPostgres.Database DATABASE = TestPostgres.freshDatabase();

    @Test
    @SuppressWarnings("SystemOut") // it is what is listened to
    void notices_what_was_said_to_be_secret_and_what_looks_so() {
        assertThat(PrintedSecrets.found()).isEmpty();
        String password = UUID.randomUUID().toString();
        System.out.println("connecting with password=" + password + " to somewhere");
        PrintedSecrets.use(password);
        System.err.println("Authorization: Bearer slk_" + "a".repeat(55));
        System.out.println("a code: 7KQ2-M9XT-0VHC.");

        assertThat(PrintedSecrets.found())
                .hasSize(3)
                .anyMatch(place -> place.contains("password=‹secret› to somewhere"))
                .anyMatch(place -> place.contains("Bearer ‹secret›"))
                .anyMatch(place -> place.contains("a code: ‹secret›."))
                .noneMatch(place -> place.contains(password));
        assertThat(PrintedSecrets.found()).as("each is told once").isEmpty();
    }

    @Test
    void a_service_that_tells_much_tells_no_secret() {
        try (RunningLedger service = RunningLedger.start(
                DATABASE,
                "stockledger.new-admin-key=second",
                "logging.level.root=info",
                "logging.level.io.stockledger=debug")) {
            String key = service.post("/v1/api-keys", "{\"name\":\"till\",\"roles\":[\"pos\"]}")
                    .json()
                    .get("secret")
                    .asString();
            assertThat(key).startsWith("slk_");
            String code = service.post("/v1/enrolment-codes", "{\"location\":\"berlin-1\"}")
                    .json()
                    .get("code")
                    .asString();
            assertThat(service.send(service.request("/v1/enrolments", null)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"code\":\"" + code + "\",\"device\":\"scanner\"}"))
                                    .build())
                            .status())
                    .isEqualTo(201);
            String endpoint = service.post("/v1/webhook-endpoints", "{\"url\":\"http://127.0.0.1:1/\"}")
                    .body();
            assertThat(endpoint).contains("whsec_");
            for (String shown : new String[] {key, "slk_" + "x".repeat(55), code, "eyJhIjoxfQ.eyJhIjoxfQ.c2ln"}) {
                assertThat(service.send(service.request("/v1/webhook-endpoints", shown)
                                        .GET()
                                        .build())
                                .status())
                        .isIn(401, 403);
            }
        }
        assertThat(PrintedSecrets.found()).isEmpty();
    }

    @Test
    void a_start_that_fails_tells_no_secret() {
        String wrong = "wrong-" + UUID.randomUUID();
        PrintedSecrets.use(wrong);
        assertThatThrownBy(() -> RunningLedger.start(DATABASE, "stockledger.postgres.password=" + wrong))
                .hasStackTraceContaining("password authentication failed");
        assertThatThrownBy(() -> RunningLedger.start(DATABASE, "stockledger.postgres.owner-password=" + wrong))
                .hasStackTraceContaining("password authentication failed");
        assertThatThrownBy(() -> RunningLedger.start(
                        DATABASE,
                        "stockledger.postgres.url=" + DATABASE.url() + "?user=stockledger&password=" + wrong,
                        "stockledger.postgres.password=",
                        "stockledger.postgres.owner-user=",
                        "stockledger.postgres.owner-password="))
                .hasStackTraceContaining("password authentication failed");
        assertThatThrownBy(() -> RunningLedger.start(DATABASE, "stockledger.api-keys.seal-key=" + wrong))
                .hasStackTraceContaining("expected: a seal-key of 32 bytes in Base64");
        assertThat(PrintedSecrets.found()).isEmpty();
    }
}
