package io.stockledger.connectors.webhook;

import io.stockledger.connectors.reaction.EffectLog;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.ledger.FactFeed;
import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who gets facts by webhook, and with which secret they are signed. Throws {@link InvalidCommand} with the field that is
 * wrong, {@link StoreUnavailable} when the head of the ledger is not known, and {@link DataAccessException} when the
 * database does not answer; an unknown id is empty.
 */
public final class WebhookEndpoints {

    private static final int LONGEST_DESCRIPTION = 500;
    private static final int MOST_NAMES = 200;
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 10;
    private static final String SECRET_PREFIX = "whsec_";

    private final EndpointRows rows;
    private final EffectLog effects;
    private final TransactionTemplate transactions;
    private final FactFeed feed;
    private final Set<String> factNames;
    private final WebhookSettings settings;
    private final SecretSeal seal;
    private final EndpointUrl urls;
    private final InstantSource clock;
    private final Runnable changed;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param factNames the stored names of all facts, to choose from
     * @param changed told when an endpoint may have to be caught up
     */
    public WebhookEndpoints(
            DataSource dataSource,
            FactFeed feed,
            Set<String> factNames,
            WebhookSettings settings,
            InstantSource clock,
            Runnable changed) {
        this.rows = new EndpointRows(dataSource);
        this.effects = new EffectLog(dataSource, clock);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.feed = feed;
        this.factNames = Set.copyOf(factNames);
        this.settings = settings;
        this.seal = new SecretSeal(settings.secretsKey());
        this.urls = new EndpointUrl(settings);
        this.clock = clock;
        this.changed = changed;
    }

    public EndpointSecret create(NewEndpoint wanted, String principal) {
        long head = feed.head();
        WebhookEndpoint endpoint = new WebhookEndpoint(
                randomId(),
                urls.check(wanted.url()),
                Check.text("description", wanted.description(), LONGEST_DESCRIPTION),
                names(wanted.facts()),
                locations(wanted.locations()),
                principal,
                now(),
                wanted.afterPosition() == null ? head : position(wanted.afterPosition(), head),
                false,
                true,
                null);
        String secret = newSecret();
        if (!rows.insert(endpoint, seal.seal(secret, endpoint.id()), settings.mostEndpoints())) {
            throw new InvalidCommand(
                    "url",
                    settings.mostEndpoints() + " endpoints are there already (expected: fewer; delete one that nobody"
                            + " needs)");
        }
        changed.run();
        return new EndpointSecret(endpoint, secret);
    }

    /** All, the oldest first. */
    public List<WebhookEndpoint> list() {
        return rows.list();
    }

    public Optional<WebhookEndpoint> find(String id) {
        return rows.find(id);
    }

    /**
     * What is due to an endpoint that is switched off is parked. One that is to begin behind a position gets what is parked
     * behind it too.
     */
    public Optional<WebhookEndpoint> update(String id, EndpointChange change) {
        Optional<WebhookEndpoint> updated = Objects.requireNonNull(
                transactions.execute(transaction -> rows.lock(id).map(before -> update(before, change))));
        changed.run();
        return updated;
    }

    private WebhookEndpoint update(WebhookEndpoint before, EndpointChange change) {
        WebhookEndpoint after = new WebhookEndpoint(
                before.id(),
                change.url() == null ? before.url() : urls.check(change.url()),
                change.description() == null
                        ? before.description()
                        : Check.text("description", change.description(), LONGEST_DESCRIPTION),
                change.facts() == null ? before.facts() : names(change.facts()),
                before.locations(),
                before.createdBy(),
                before.createdAt(),
                before.afterPosition(),
                before.live(),
                change.enabled() == null ? before.enabled() : change.enabled(),
                before.disabledBecause());
        Long from = from(before, after, change.afterPosition());
        rows.update(after, from);
        if (before.enabled() && !after.enabled()) {
            effects.parkAll(after.target(), "the endpoint was disabled");
        } else if (from != null) {
            effects.resendParked(after.target(), from);
        }
        return rows.find(before.id()).orElseThrow();
    }

    /**
     * Makes a new secret, with which everything is signed from now on; the old one signs too for a while.
     *
     * @param overlap how long that is
     */
    public Optional<EndpointSecret> rotateSecret(String id, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(settings.longestOverlap()) > 0) {
            throw new InvalidCommand("overlap", overlap + " (expected: 0 to " + settings.longestOverlap() + ")");
        }
        Optional<WebhookEndpoint> endpoint = rows.find(id);
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        String secret = newSecret();
        Instant now = now();
        rows.rotate(id, seal.seal(secret, id), now, now.plus(overlap));
        return Optional.of(new EndpointSecret(endpoint.get(), secret));
    }

    /**
     * With all that was due to it, and its log.
     *
     * @return whether it was there
     */
    public boolean delete(String id) {
        boolean deleted = rows.delete(id);
        if (deleted) {
            effects.forget(WebhookEndpoint.target(id));
        }
        return deleted;
    }

    /** From where it is to be caught up; null when it goes on where it is. */
    private @Nullable Long from(WebhookEndpoint before, WebhookEndpoint after, @Nullable Long asked) {
        boolean enabling = !before.enabled() && after.enabled();
        if (asked == null && !enabling) {
            return null;
        }
        long head = feed.head();
        return asked == null ? head : position(asked, head);
    }

    private static long position(long asked, long head) {
        if (asked < 0 || asked > head) {
            throw new InvalidCommand("afterPosition", asked + " (expected: 0 to " + head + ", the last position)");
        }
        return asked;
    }

    private Set<String> names(Set<String> asked) {
        for (String name : asked) {
            Check.oneOf("facts", name, factNames);
        }
        return asked;
    }

    private static Set<String> locations(Set<String> asked) {
        if (asked.size() > MOST_NAMES) {
            throw new InvalidCommand("locations", asked.size() + " (expected: at most " + MOST_NAMES + ")");
        }
        new TreeSet<>(asked).forEach(location -> Check.code("locations", location));
        return asked;
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    private String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** As the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
