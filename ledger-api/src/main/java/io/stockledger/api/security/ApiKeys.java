package io.stockledger.api.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The API keys, kept as hashes in PostgreSQL and for a short time in memory. What is kept is sealed, so that who writes to the
 * database gives nobody a key or another role.
 */
public final class ApiKeys {

    /** How long a node may still take a key that another node has revoked. */
    static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** How long keys are good as they were last read while the database can't be: nobody can revoke any in it either. */
    private static final Duration KNOWN = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_LOCATIONS = 1_000;
    private static final int MOST_NUMBER_RANGES = 100;
    private static final int LONGEST_NUMBER_RANGE = 64;

    private final JdbcClient database;
    private final Seal seal;
    private final SecurityLog security;
    private final InstantSource clock;

    /** By the id of its key; forgotten with what it opened. */
    private final Map<Login, String> open = Collections.synchronizedMap(new WeakHashMap<>());

    private final Cache<String, Optional<Kept>> remembered;
    private final Cache<String, Kept> lastKnown;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final NumberRanges numberRanges = new NumberRanges();

    /** A key with the hash of its secret, in hexadecimal, and who shows it. */
    private record Kept(ApiKey key, String hash, Login login) {

        boolean isOf(ApiKeySecret secret) {
            return MessageDigest.isEqual(HexFormat.of().parseHex(hash), secret.hash());
        }
    }

    /** A key at its creation, the only time that its secret is known. */
    public record Created(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }

    public ApiKeys(JdbcClient database, Seal seal, SecurityLog security, InstantSource clock) {
        this(database, seal, security, clock, Ticker.systemTicker());
    }

    /** @param ticker nanoseconds that never go back, by which what is in memory gets old */
    ApiKeys(JdbcClient database, Seal seal, SecurityLog security, InstantSource clock, Ticker ticker) {
        this.database = database;
        this.seal = seal;
        this.security = security;
        this.clock = clock;
        this.remembered = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(REMEMBERED)
                .build();
        this.lastKnown = Caffeine.newBuilder()
                .ticker(ticker)
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(KNOWN)
                .build();
    }

    /**
     * @param roles their codes
     * @param locations empty: all
     * @throws InvalidCommand when a value is not allowed, or a living key has the name
     */
    public Created create(String name, Collection<String> roles, Collection<String> locations) {
        return create(name, roles, locations, List.of());
    }

    /** @param numberRanges empty: none of its own */
    public Created create(
            String name, Collection<String> roles, Collection<String> locations, Collection<String> numberRanges) {
        Check.identifier("name", name, 100);
        if (name.startsWith(Authentication.TOKEN)) {
            throw new InvalidCommand(
                    "name",
                    "'" + name + "' (expected: no name that begins as those of tokens do, with " + Authentication.TOKEN
                            + ")");
        }
        Set<Role> given = Role.ofCodes(roles);
        Set<String> tiedTo = new LinkedHashSet<>(locations);
        tiedTo.forEach(location -> Check.code("locations", location));
        if (tiedTo.size() > MOST_LOCATIONS) {
            throw new InvalidCommand("locations", tiedTo.size() + " (expected: at most " + MOST_LOCATIONS + ")");
        }
        Set<String> ranges = new LinkedHashSet<>(numberRanges);
        ranges.forEach(range -> Check.identifier("numberRanges", range, LONGEST_NUMBER_RANGE));
        if (ranges.size() > MOST_NUMBER_RANGES) {
            throw new InvalidCommand("numberRanges", ranges.size() + " (expected: at most " + MOST_NUMBER_RANGES + ")");
        }
        ApiKeySecret secret = ApiKeySecret.create();
        ApiKeyRow row = new ApiKeyRow(
                secret.id(),
                name,
                HexFormat.of().formatHex(secret.hash()),
                given.stream().map(Role::code).toList(),
                List.copyOf(tiedTo),
                List.copyOf(ranges),
                now(),
                null,
                null,
                null);
        try {
            database.sql("""
                    INSERT INTO access.api_key (id, name, hash, roles, locations, number_ranges, created_at, seal)
                    VALUES (:id, :name, :hash, :roles, :locations, :numberRanges, :createdAt, :seal)
                    """)
                    .param("id", row.id())
                    .param("name", name)
                    .param("hash", secret.hash())
                    .param("roles", row.roles().toArray(String[]::new))
                    .param("locations", row.locations().toArray(String[]::new))
                    .param("numberRanges", row.numberRanges().toArray(String[]::new))
                    .param("createdAt", Timestamp.from(row.createdAt()))
                    .param("seal", row.seal(seal, null))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new InvalidCommand("name", "'" + name + "' is taken (expected: a name that no living key has)");
        }
        remembered.invalidate(row.id());
        lookForNumberRanges();
        return new Created(row.key(), secret.text());
    }

    /** All keys, revoked ones included, the oldest first. */
    public List<ApiKey> list() {
        return database.sql("SELECT * FROM access.api_key ORDER BY created_at, id")
                .query((row, number) -> ApiKeyRow.of(row).key())
                .list();
    }

    /** How the seals of the living keys are. */
    public record Seals(int living, int broken) {}

    /** Looks at the seals of all living keys. */
    public Seals seals() {
        List<ApiKeyRow> living = database.sql("SELECT * FROM access.api_key WHERE revoked_at IS NULL")
                .query((row, number) -> ApiKeyRow.of(row))
                .list();
        return new Seals(living.size(), (int)
                living.stream().filter(row -> !row.isWhole(seal)).count());
    }

    /**
     * Takes effect on this node at once, on others within {@link #REMEMBERED}.
     *
     * @return false when there is no such living key
     */
    public boolean revoke(String id) {
        int revoked = living(id).map(this::revoke).orElse(0);
        // In this order: the first waits for a look that is under way, which would be known after the second.
        remembered.invalidate(id);
        lastKnown.invalidate(id);
        endRevoked();
        lookForNumberRanges();
        return revoked == 1;
    }

    /** With a seal of its own, so that a key whose revocation is taken back in the database is refused. */
    private int revoke(ApiKeyRow row) {
        Instant now = now();
        return database.sql("""
                UPDATE access.api_key SET revoked_at = :now, seal = :seal WHERE id = :id AND revoked_at IS NULL""")
                .param("now", Timestamp.from(now))
                .param("seal", row.isWhole(seal) ? row.seal(seal, now) : null)
                .param("id", row.id())
                .update();
    }

    /** Whether any key was ever created. */
    public boolean isEmpty() {
        return database.sql("SELECT NOT EXISTS (SELECT 1 FROM access.api_key)")
                .query(Boolean.class)
                .single();
    }

    /** Whose secret it is; empty when it is nobody's, or the key is revoked. */
    Optional<Login> find(String text) {
        Optional<ApiKeySecret> secret = ApiKeySecret.of(text);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        Optional<Kept> kept = remembered.get(secret.get().id(), this::load);
        if (kept == null || kept.isEmpty() || !kept.get().isOf(secret.get())) {
            return Optional.empty();
        }
        used.put(kept.get().key.id(), clock.instant());
        return Optional.of(kept.get().login);
    }

    /** Ends what was opened with keys that any node has revoked since, or somebody changed. To be called now and then. */
    public void endRevoked() {
        Map<Login, String> known;
        synchronized (open) {
            known = Map.copyOf(open);
        }
        Set<String> living = database
                .sql("SELECT * FROM access.api_key WHERE id = ANY (:ids) AND revoked_at IS NULL")
                .param("ids", Set.copyOf(known.values()).toArray(String[]::new))
                .query((row, number) -> ApiKeyRow.of(row))
                .list()
                .stream()
                .filter(row -> row.isWhole(seal))
                .map(ApiKeyRow::id)
                .collect(Collectors.toSet());
        known.forEach((login, id) -> {
            if (!living.contains(id)) {
                login.end();
            }
        });
    }

    /** What all living keys have, whichever node made them. To be called now and then. */
    public void lookForNumberRanges() {
        numberRanges.know(database
                .sql("SELECT * FROM access.api_key WHERE revoked_at IS NULL AND cardinality(number_ranges) > 0")
                .query((row, number) -> ApiKeyRow.of(row))
                .list()
                .stream()
                .filter(row -> row.isWhole(seal))
                .flatMap(row -> row.numberRanges().stream())
                .collect(Collectors.toSet()));
    }

    public NumberRanges numberRanges() {
        return numberRanges;
    }

    /** Whether the key that it names is in memory, so that {@link #find} asks nobody. */
    boolean isRemembered(String text) {
        return ApiKeySecret.of(text)
                .filter(secret -> remembered.getIfPresent(secret.id()) != null)
                .isPresent();
    }

    /**
     * Writes down when keys were last used: once in a while, not on every call.
     *
     * @return the names of those that were used for the first time
     */
    public List<String> saveLastUsed() {
        List<String> first = new ArrayList<>();
        for (String id : List.copyOf(used.keySet())) {
            Instant at = used.remove(id);
            if (at != null) {
                first.addAll(saveLastUsed(id, at));
            }
        }
        return first;
    }

    private List<String> saveLastUsed(String id, Instant at) {
        return database.sql("""
                WITH before AS (SELECT id, last_used_at FROM access.api_key WHERE id = :id FOR UPDATE),
                used AS (
                    UPDATE access.api_key k SET last_used_at = greatest(k.last_used_at, :at)
                    FROM before WHERE k.id = before.id
                    RETURNING k.name, before.last_used_at)
                SELECT name FROM used WHERE last_used_at IS NULL""")
                .param("at", Timestamp.from(at))
                .param("id", id)
                .query(String.class)
                .list();
    }

    private Optional<Kept> load(String id) {
        try {
            Optional<Kept> read = read(id);
            read.ifPresentOrElse(kept -> lastKnown.put(id, kept), () -> lastKnown.invalidate(id));
            return read;
        } catch (DataAccessException e) {
            Kept known = lastKnown.getIfPresent(id);
            if (known == null) {
                throw e;
            }
            LOG.warn("Key '{}' can't be read and is taken as it was: {}", known.key.name(), e.getMessage());
            return Optional.of(known);
        }
    }

    private Optional<Kept> read(String id) {
        return living(id).filter(this::isWhole).map(row -> {
            ApiKey key = row.key();
            Login login = new Login(key.caller(), () -> true);
            open.put(login, id);
            return new Kept(key, row.hash(), login);
        });
    }

    private Optional<ApiKeyRow> living(String id) {
        return database.sql("SELECT * FROM access.api_key WHERE id = :id AND revoked_at IS NULL")
                .param("id", id)
                .query((row, number) -> ApiKeyRow.of(row))
                .optional();
    }

    private boolean isWhole(ApiKeyRow row) {
        if (row.isWhole(seal)) {
            return true;
        }
        LOG.error(
                "API key {} is refused: access.api_key has it otherwise than this service wrote it, or sealed under"
                        + " another key",
                row.id());
        security.tell(SecurityLog.BROKEN_SEAL, null, null, "API key " + row.id());
        return false;
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
