package io.stockledger.connectors.webhook;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code connectors.webhook_endpoint} and of its secrets. */
final class EndpointRows {

    private static final String COLUMNS = """
            id, url, description, facts, locations, created_by, created_at, after_position, live, enabled,
                disabled_because""";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM connectors.webhook_endpoint";

    private static final String LISTENING = SELECT + " WHERE enabled AND live";

    /** Both at once, so that no endpoint is ever without a secret. */
    private static final String INSERT = """
            WITH endpoint AS (
                INSERT INTO connectors.webhook_endpoint (id, url, description, facts, locations, created_by, created_at,
                    after_position, live, enabled)
                SELECT :id, :url, :description, :facts, :locations, :createdBy, :createdAt, :afterPosition, false, true
                WHERE (SELECT count(*) FROM connectors.webhook_endpoint) < :most
                RETURNING id, created_at)
            INSERT INTO connectors.webhook_secret (endpoint, secret, created_at)
            SELECT id, :secret, created_at FROM endpoint""";

    private static final String UPDATE = """
            UPDATE connectors.webhook_endpoint
            SET url = :url, description = :description, facts = :facts, enabled = :enabled,
                disabled_because = CASE WHEN :enabled THEN NULL ELSE disabled_because END,
                after_position = coalesce(:afterPosition, after_position), live = live AND :afterPosition::bigint IS NULL
            WHERE id = :id""";

    private static final String ROTATE = """
            WITH replaced AS (
                UPDATE connectors.webhook_secret SET signs_until = :until
                WHERE endpoint = :id AND (signs_until IS NULL OR signs_until > :until)),
            ended AS (
                DELETE FROM connectors.webhook_secret WHERE endpoint = :id AND signs_until <= :now)
            INSERT INTO connectors.webhook_secret (endpoint, secret, created_at)
            SELECT id, :secret, :now FROM connectors.webhook_endpoint WHERE id = :id""";

    private static final String SECRETS = """
            SELECT secret FROM connectors.webhook_secret
            WHERE endpoint = :id AND (signs_until IS NULL OR signs_until > :now)
            ORDER BY signs_until DESC NULLS FIRST, created_at DESC""";

    private static final String MOVE_ON = """
            UPDATE connectors.webhook_endpoint SET after_position = ?, live = ?
            WHERE id = ? AND enabled AND NOT live AND after_position = ?
            RETURNING\s""" + COLUMNS;

    private final JdbcClient jdbc;

    EndpointRows(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** @return false when there are too many */
    boolean insert(WebhookEndpoint endpoint, String sealedSecret, int most) {
        return jdbc.sql(INSERT)
                        .param("id", endpoint.id())
                        .param("url", endpoint.url())
                        .param("description", endpoint.description())
                        .param("facts", endpoint.facts().toArray(String[]::new))
                        .param("locations", endpoint.locations().toArray(String[]::new))
                        .param("createdBy", endpoint.createdBy())
                        .param("createdAt", utc(endpoint.createdAt()))
                        .param("afterPosition", endpoint.afterPosition())
                        .param("secret", sealedSecret)
                        .param("most", most)
                        .update()
                > 0;
    }

    List<WebhookEndpoint> list() {
        return jdbc.sql(SELECT + " ORDER BY created_at, id")
                .query((row, number) -> endpoint(row))
                .list();
    }

    Optional<WebhookEndpoint> find(String id) {
        return jdbc.sql(SELECT + " WHERE id = :id")
                .param("id", id)
                .query((row, number) -> endpoint(row))
                .optional();
    }

    /** As it is until the transaction ends. */
    Optional<WebhookEndpoint> lock(String id) {
        return jdbc.sql(SELECT + " WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query((row, number) -> endpoint(row))
                .optional();
    }

    /** @param afterPosition from where it is to be caught up; null: it goes on where it is */
    void update(WebhookEndpoint endpoint, @Nullable Long afterPosition) {
        jdbc.sql(UPDATE)
                .param("id", endpoint.id())
                .param("url", endpoint.url())
                .param("description", endpoint.description())
                .param("facts", endpoint.facts().toArray(String[]::new))
                .param("enabled", endpoint.enabled())
                .param("afterPosition", afterPosition)
                .update();
    }

    /** @return false when it is disabled already, or has another address by now */
    boolean disable(WebhookEndpoint endpoint, String because) {
        return jdbc.sql("UPDATE connectors.webhook_endpoint SET enabled = false, disabled_because = :because"
                                + " WHERE id = :id AND url = :url AND enabled")
                        .param("id", endpoint.id())
                        .param("url", endpoint.url())
                        .param("because", because)
                        .update()
                > 0;
    }

    boolean delete(String id) {
        return jdbc.sql("DELETE FROM connectors.webhook_endpoint WHERE id = :id")
                        .param("id", id)
                        .update()
                > 0;
    }

    /** @param until when those that signed so far cease to */
    void rotate(String id, String sealedSecret, Instant now, Instant until) {
        jdbc.sql(ROTATE)
                .param("id", id)
                .param("secret", sealedSecret)
                .param("now", utc(now))
                .param("until", utc(until))
                .update();
    }

    /** Sealed, those that sign now, the newest first. */
    List<String> secrets(String id, Instant now) {
        return jdbc.sql(SECRETS)
                .param("id", id)
                .param("now", utc(now))
                .query(String.class)
                .list();
    }

    /** One that waits to be caught up. */
    List<WebhookEndpoint> behind() {
        return jdbc.sql(SELECT + " WHERE enabled AND NOT live ORDER BY created_at, id")
                .query((row, number) -> endpoint(row))
                .list();
    }

    /** Those that the reaction writes for, as its transaction sees them. */
    static List<WebhookEndpoint> listening(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LISTENING);
                ResultSet rows = select.executeQuery()) {
            List<WebhookEndpoint> endpoints = new ArrayList<>();
            while (rows.next()) {
                endpoints.add(endpoint(rows));
            }
            return endpoints;
        }
    }

    /** @return how it is now; empty when it is no longer where it was, or no longer behind */
    static Optional<WebhookEndpoint> moveOn(Connection connection, WebhookEndpoint from, long to, boolean live)
            throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE_ON)) {
            move.setLong(1, to);
            move.setBoolean(2, live);
            move.setString(3, from.id());
            move.setLong(4, from.afterPosition());
            try (ResultSet moved = move.executeQuery()) {
                return moved.next() ? Optional.of(endpoint(moved)) : Optional.empty();
            }
        }
    }

    private static WebhookEndpoint endpoint(ResultSet row) throws SQLException {
        return new WebhookEndpoint(
                row.getString("id"),
                row.getString("url"),
                row.getString("description"),
                texts(row.getArray("facts")),
                texts(row.getArray("locations")),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("after_position"),
                row.getBoolean("live"),
                row.getBoolean("enabled"),
                row.getString("disabled_because"));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
