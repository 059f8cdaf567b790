package io.stockledger.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.api.RunningLedger;
import io.stockledger.postgres.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key seals, and what happens when it is another one. */
class SealKeyIT {

    @TempDir
    private Path folder = Path.of("");

    private final TestPostgres.Database database = TestPostgres.freshDatabase();

    @Test
    void the_first_start_makes_a_key_for_its_owner_alone_and_later_ones_use_it() throws Exception {
        Path file = folder.resolve("data/api-keys.seal-key");
        String key;
        try (RunningLedger first = start("stockledger.data=" + folder.resolve("data"))) {
            key = first.key(List.of("admin"), List.of());
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Base64.getDecoder().decode(Files.readString(file).strip()))
                    .hasSize(32);
        }
        String sealKey = Files.readString(file).strip();
        try (RunningLedger again = start("stockledger.data=" + folder.resolve("data"))) {
            assertThat(status(again, key)).isEqualTo(200);
        }
        try (RunningLedger anotherNode = start("stockledger.api-keys.seal-key=" + sealKey)) {
            assertThat(status(anotherNode, key)).isEqualTo(200);
        }
    }

    @Test
    void who_has_lost_the_key_is_told_and_makes_all_keys_anew() {
        String old;
        try (RunningLedger first = start("stockledger.api-keys.seal-key-file=" + folder.resolve("first"))) {
            old = first.key(List.of("admin"), List.of());
        }
        String lost = "stockledger.api-keys.seal-key-file=" + folder.resolve("second");
        assertThatThrownBy(() -> start(lost))
                .hasStackTraceContaining("None of the ")
                .hasStackTraceContaining("sealed under the key in " + folder.resolve("second"))
                .hasStackTraceContaining("stockledger.new-admin-key=NAME");

        try (RunningLedger again = start(lost, "stockledger.new-admin-key=second-admin")) {
            assertThat(status(again, old)).isEqualTo(401);
            assertThat(status(again, again.adminKey())).isEqualTo(200);
            assertThat(again.get("/v1/security-events").body()).contains("broken-seal", old.substring(4, 16));
        }
        try (RunningLedger asUsual = start(lost)) {
            assertThat(status(asUsual, asUsual.adminKey())).isEqualTo(200);
        }
    }

    @Test
    void a_file_that_holds_no_key_stops_the_start() throws Exception {
        Path file = Files.writeString(folder.resolve("short"), "c2hvcnQ=");
        assertThatThrownBy(() -> start("stockledger.api-keys.seal-key-file=" + file))
                .hasStackTraceContaining(file + ": no seal key (expected: 32 bytes in Base64)");
    }

    @Test
    void one_role_for_all_works_and_is_told() {
        try (RunningLedger oneRole = start(
                "stockledger.api-keys.seal-key-file=" + folder.resolve("key"),
                "stockledger.postgres.owner-user=",
                "stockledger.postgres.owner-password=")) {
            assertThat(oneRole.post(
                                    "/v1/locations",
                                    "{\"documentId\":\"1\",\"location\":\"a\",\"name\":\"A\",\"kind\":\"shop\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(oneRole.get("/v1/security-events").body()).contains("facts-unguarded", "stockledger");
        }
    }

    @Test
    void two_roles_are_as_they_should_be_so_that_nothing_is_told() {
        try (RunningLedger apart = start("stockledger.api-keys.seal-key-file=" + folder.resolve("key"))) {
            assertThat(apart.get("/v1/security-events").body()).doesNotContain("facts-unguarded");
        }
        // Brought up to date by then, so the service needs its own role alone.
        try (RunningLedger alone = start(
                "stockledger.api-keys.seal-key-file=" + folder.resolve("key"),
                "stockledger.postgres.owner-user=",
                "stockledger.postgres.owner-password=")) {
            assertThat(alone.get("/v1/security-events").body()).doesNotContain("facts-unguarded");
        }
    }

    private RunningLedger start(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        if (all.stream().noneMatch(setting -> setting.startsWith("stockledger.api-keys.seal-key="))) {
            all.add("stockledger.api-keys.seal-key=");
        }
        return RunningLedger.start(database, all.toArray(String[]::new));
    }

    private static int status(RunningLedger service, String key) {
        return service.send(service.request("/v1/api-keys", key).GET().build()).status();
    }
}
