package io.stockledger.api.security;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key as the database has it, which others may write to as well.
 *
 * @param hash SHA-256 of its secret, in hexadecimal
 * @param roles their codes
 * @param seal in hexadecimal; null: has none
 */
record ApiKeyRow(
        String id,
        String name,
        String hash,
        List<String> roles,
        List<String> locations,
        List<String> numberRanges,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @Nullable String seal) {

    private static final String KIND = "api-key";
    private static final HexFormat HEX = HexFormat.of();

    static ApiKeyRow of(ResultSet row) throws SQLException {
        return new ApiKeyRow(
                row.getString("id"),
                row.getString("name"),
                HEX.formatHex(row.getBytes("hash")),
                texts(row.getArray("roles")),
                texts(row.getArray("locations")),
                texts(row.getArray("number_ranges")),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("last_used_at")),
                instant(row.getTimestamp("revoked_at")),
                hex(row.getBytes("seal")));
    }

    /** Whether all but the last use is as the service wrote it. */
    boolean isWhole(Seal key) {
        return key.isOn(seal == null ? null : HEX.parseHex(seal), KIND, sealed(revokedAt));
    }

    /** What it is sealed with from when it is revoked, or null while it lives. */
    byte[] seal(Seal key, @Nullable Instant revoked) {
        return key.of(KIND, sealed(revoked));
    }

    private @Nullable Object[] sealed(@Nullable Instant revoked) {
        return new @Nullable Object[] {id, name, hash, roles, locations, numberRanges, createdAt, revoked};
    }

    ApiKey key() {
        // What nobody knows, and so nobody wrote here, is no role.
        Set<Role> known =
                roles.stream().map(Role::ofCode).flatMap(Optional::stream).collect(Collectors.toSet());
        return new ApiKey(
                id, name, known, Set.copyOf(locations), Set.copyOf(numberRanges), createdAt, lastUsedAt, revokedAt);
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HEX.formatHex(bytes);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
