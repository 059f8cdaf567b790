package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.api.problem.RequestRefused;
import io.stockledger.postgres.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody who writes to the database gets by it: no key, no role, no code. */
class SealIT {

    private static final TestPostgres.Database DATABASE = TestPostgres.freshDatabase();
    private static final JdbcClient SERVICE = JdbcClient.create(DATABASE.dataSource());
    /** May write whatever it likes. */
    private static final JdbcClient OWNER = JdbcClient.create(DATABASE.ownerDataSource());

    private static final Seal SEAL = new Seal("a key that is not in the databas".getBytes(StandardCharsets.US_ASCII));

    private final SecurityLog security = new SecurityLog(SERVICE, InstantSource.system());
    private final ApiKeys keys = new ApiKeys(SERVICE, SEAL, security, InstantSource.system());
    private final EnrolmentCodes codes = new EnrolmentCodes(SERVICE, keys, SEAL, security, InstantSource.system());

    @BeforeAll
    static void migrate() {
        DATABASE.owner().migrate("access", "classpath:db/access");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roles = '{admin}'",
                "roles = roles || '{device}'",
                "roles = '{}'",
                "locations = '{}'",
                "locations = '{berlin-1,berlin-2}'",
                "locations = '{berlin,-1}'",
                "number_ranges = '{m-}'",
                "name = 'admin'",
                "hash = sha256('another secret')",
                "created_at = created_at + interval '1 microsecond'",
                "seal = NULL",
                "seal = sha256(seal)",
                "seal = (SELECT seal FROM access.api_key WHERE name = 'another' AND revoked_at IS NULL)"
            })
    void a_key_that_was_changed_in_the_database_is_refused_and_told(String change) {
        revokeAll();
        keys.create("another", List.of("admin"), List.of());
        ApiKeys.Created created = keys.create("till", List.of("pos"), List.of("berlin-1"));
        OWNER.sql("UPDATE access.api_key SET " + change + " WHERE id = :id")
                .param("id", created.key().id())
                .update();

        assertThat(keys.find(created.secret())).isEmpty();
        assertThat(told()).containsExactly("API key " + created.key().id());
        assertThat(keys.seals()).isEqualTo(new ApiKeys.Seals(2, 1));
    }

    @Test
    void what_the_service_writes_itself_leaves_a_key_whole() {
        revokeAll();
        ApiKeys.Created created = keys.create("till", List.of("pos", "webshop"), List.of("b", "a"));
        assertThat(keys.find(created.secret())).isPresent();
        keys.saveLastUsed();

        ApiKeys elsewhere = new ApiKeys(SERVICE, SEAL, security, InstantSource.system());
        assertThat(elsewhere.find(created.secret())).isPresent();
        assertThat(told()).isEmpty();
        assertThat(keys.seals()).isEqualTo(new ApiKeys.Seals(1, 0));
    }

    @Test
    void a_key_that_was_inserted_in_the_database_is_refused() {
        ApiKeySecret secret = ApiKeySecret.create();
        OWNER.sql("INSERT INTO access.api_key (id, name, hash, roles, locations, created_at, seal)"
                        + " VALUES (:id, 'mine', :hash, '{admin}', '{}', now(), sha256('mine'))")
                .param("id", secret.id())
                .param("hash", secret.hash())
                .update();

        assertThat(keys.find(secret.text())).isEmpty();
        assertThat(told()).containsExactly("API key " + secret.id());
    }

    @Test
    void a_revocation_that_was_taken_back_in_the_database_opens_nothing() {
        ApiKeys.Created created = keys.create("lost", List.of("admin"), List.of());
        assertThat(keys.revoke(created.key().id())).isTrue();
        OWNER.sql("UPDATE access.api_key SET revoked_at = NULL WHERE id = :id")
                .param("id", created.key().id())
                .update();

        assertThat(keys.find(created.secret())).isEmpty();
        assertThat(keys.revoke(created.key().id()))
                .as("it can be revoked again")
                .isTrue();
    }

    @Test
    void what_a_key_had_opened_ends_when_it_is_changed_in_the_database() {
        ApiKeys.Created created = keys.create("open", List.of("pos"), List.of());
        Login login = keys.find(created.secret()).orElseThrow();
        keys.endRevoked();
        assertThat(login.isGood()).isTrue();
        OWNER.sql("UPDATE access.api_key SET roles = '{admin}' WHERE id = :id")
                .param("id", created.key().id())
                .update();

        keys.endRevoked();
        assertThat(login.isGood()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location = 'berlin-2'",
                "created_by = 'somebody'",
                "expires_at = expires_at + interval '1 day'",
                "seal = NULL"
            })
    void a_code_that_was_changed_in_the_database_is_refused_and_told(String change) {
        EnrolmentCodes.Created code = codes.create("berlin-1", Duration.ofHours(1), "admin");
        OWNER.sql("UPDATE access.enrolment_code SET " + change).update();

        assertThatThrownBy(() -> codes.redeem(code.code(), "scanner", "here")).isInstanceOf(RequestRefused.class);
        assertThat(told()).containsExactly("enrolment code");
    }

    @Test
    void a_code_that_was_used_is_not_good_again_because_the_database_says_so() {
        EnrolmentCodes.Created code = codes.create("berlin-1", Duration.ofHours(1), "admin");
        codes.redeem(code.code(), "scanner-1", "here");
        OWNER.sql("UPDATE access.enrolment_code SET used_at = NULL").update();

        assertThatThrownBy(() -> codes.redeem(code.code(), "scanner-2", "here")).isInstanceOf(RequestRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE access.api_key SET roles = '{admin}'",
                "UPDATE access.api_key SET hash = sha256('mine')",
                "DELETE FROM access.api_key",
                "TRUNCATE access.api_key",
                "DROP INDEX access.api_key_living_name",
                "UPDATE access.enrolment_code SET location = 'berlin-2'",
                "UPDATE access.security_event SET principal = 'somebody else'",
                "TRUNCATE access.security_event",
                "ALTER TABLE access.security_event DROP COLUMN principal"
            })
    void the_services_own_role_is_refused_what_the_service_never_does(String sql) {
        assertThatThrownBy(() -> SERVICE.sql(sql).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void no_two_rows_are_encoded_alike() {
        assertThat(SEAL.of("kind", "ab", "c")).isNotEqualTo(SEAL.of("kind", "a", "bc"));
        assertThat(SEAL.of("kind", List.of("a"), List.of())).isNotEqualTo(SEAL.of("kind", List.of(), List.of("a")));
        assertThat(SEAL.of("kind", List.of("a", "b"))).isNotEqualTo(SEAL.of("kind", List.of("a,b")));
        assertThat(SEAL.of("kind", (Object) null)).isNotEqualTo(SEAL.of("kind", ""));
        assertThat(SEAL.of("kind", "a")).isNotEqualTo(SEAL.of("kin", "da"));
        assertThat(SEAL.of("kind", List.of("b", "a"))).isEqualTo(SEAL.of("kind", List.of("a", "b")));
    }

    /** The subjects of broken seals that this test's log was told. */
    private List<String> told() {
        long before = SERVICE.sql("SELECT coalesce(max(number), 0) FROM access.security_event")
                .query(Long.class)
                .single();
        return security.latest(Long.MAX_VALUE, 100).stream()
                .filter(event -> event.number() > before && event.what().equals(SecurityLog.BROKEN_SEAL))
                .map(SecurityEvent::subject)
                .toList();
    }

    private void revokeAll() {
        keys.list().stream().filter(key -> key.revokedAt() == null).forEach(key -> keys.revoke(key.id()));
    }
}
