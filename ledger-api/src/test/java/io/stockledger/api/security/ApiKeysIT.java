package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockledger.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** For how long a key is good that was read before. */
class ApiKeysIT {

    private static final Seal SEAL = new Seal(new byte[Seal.KEY_BYTES]);
    private static final TestPostgres.Database DATABASE = TestPostgres.freshDatabase();

    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicLong nanos = new AtomicLong();
    private final JdbcClient database = JdbcClient.create(untilAway(DATABASE.dataSource()));
    private final SecurityLog security = new SecurityLog(database, InstantSource.system());
    private final ApiKeys keys = new ApiKeys(database, SEAL, security, InstantSource.system(), nanos::get);

    @BeforeAll
    static void migrate() {
        DATABASE.owner().migrate("access", "classpath:db/access");
    }

    @Test
    void a_key_that_another_node_revoked_is_refused_after_ten_seconds_also_when_the_database_is_away_then() {
        ApiKeys.Created created = create("revoked elsewhere");
        assertThat(keys.find(created.secret())).isPresent();
        assertThat(elsewhere().revoke(created.key().id())).isTrue();
        pass(Duration.ofSeconds(11));
        assertThat(keys.find(created.secret())).isEmpty();

        away.set(true);
        pass(Duration.ofSeconds(11));
        assertThatThrownBy(() -> keys.find(created.secret())).isInstanceOf(DataAccessException.class);
    }

    @Test
    void what_is_open_ends_however_long_ago_its_key_was_revoked_elsewhere() {
        ApiKeys.Created created = create("open");
        Login login = keys.find(created.secret()).orElseThrow();
        keys.endRevoked();
        assertThat(login.isGood()).isTrue();
        elsewhere().revoke(created.key().id());
        keys.endRevoked();
        pass(Duration.ofHours(1));
        assertThat(login.isGood()).isFalse();
    }

    @Test
    void while_the_database_is_away_keys_are_taken_as_they_were_but_not_for_ever() {
        ApiKeys.Created created = create("known");
        assertThat(keys.find(created.secret())).isPresent();
        away.set(true);
        pass(Duration.ofSeconds(11));
        assertThat(keys.find(created.secret()))
                .map(login -> login.caller().name())
                .contains("known");
        assertThat(keys.find(created.secret().replaceAll(".{4}$", "AAAA"))).isEmpty();

        pass(Duration.ofMinutes(10));
        assertThatThrownBy(() -> keys.find(created.secret())).isInstanceOf(DataAccessException.class);
        away.set(false);
        assertThat(keys.find(created.secret())).isPresent();
    }

    @Test
    void a_key_that_was_never_read_cannot_be_told_while_the_database_is_away() {
        ApiKeys.Created created = create("unseen");
        away.set(true);
        assertThatThrownBy(() -> keys.find(created.secret())).isInstanceOf(DataAccessException.class);
    }

    private ApiKeys elsewhere() {
        return new ApiKeys(database, SEAL, security, InstantSource.system());
    }

    private ApiKeys.Created create(String name) {
        return keys.create(name, List.of("admin"), List.of());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private DataSource untilAway(DataSource real) {
        return new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("connection refused");
                }
                return super.getConnection();
            }
        };
    }
}
