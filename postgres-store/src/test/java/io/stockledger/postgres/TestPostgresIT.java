package io.stockledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestPostgresIT {
    @Test
    void givesEachCallerADatabaseOfItsOwn() {
        TestPostgres.Database one = TestPostgres.freshDatabase();
        TestPostgres.Database other = TestPostgres.freshDatabase();

        execute(one.dataSource(), "CREATE TABLE only_here (n int)");

        assertThatThrownBy(() -> execute(other.dataSource(), "SELECT * FROM only_here"))
                .hasCauseInstanceOf(SQLException.class)
                .hasStackTraceContaining("does not exist");
    }

    @Test
    void preparesATemplateOnceAndCopiesIt() {
        AtomicInteger preparations = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            DataSource copy = TestPostgres.freshDatabase("prepared_once", database -> {
                        preparations.incrementAndGet();
                        execute(database.dataSource(), "CREATE TABLE prepared (n int PRIMARY KEY)");
                    })
                    .dataSource();
            execute(copy, "INSERT INTO prepared VALUES (1)");
        }
        assertThat(preparations).hasValue(1);
    }

    private static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
