package io.stockledger.connectors.webhook;

import io.stockledger.connectors.reaction.EffectLog;
import io.stockledger.connectors.reaction.EffectLog.Try;
import io.stockledger.connectors.reaction.LoggedEffect;
import io.stockledger.connectors.reaction.LoggedEffect.State;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * What was sent to an endpoint and what became of it. Throws {@link DataAccessException} when the database does not
 * answer; an unknown endpoint or message is empty.
 */
public final class Deliveries {

    public static final int MOST_PER_PAGE = 1_000;

    private static final int MOST_TRIES = 100;

    private final EndpointRows rows;
    private final EffectLog log;
    private final Runnable due;

    /**
     * A message with its tries.
     *
     * @param message its key is the {@code webhook-id}, its subject the fact's stored name
     * @param tries the newest first
     */
    public record Delivery(LoggedEffect message, List<Try> tries) {}

    /** @param due told when something is due again */
    public Deliveries(DataSource dataSource, InstantSource clock, Runnable due) {
        this.rows = new EndpointRows(dataSource);
        this.log = new EffectLog(dataSource, clock);
        this.due = due;
    }

    /**
     * An endpoint's messages, newest first.
     *
     * @param state null: in any
     * @param before the position of the last one of the page before; {@code Long.MAX_VALUE} for the first page
     */
    public Optional<List<LoggedEffect>> page(String endpoint, @Nullable State state, long before, int most) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
        return rows.find(endpoint).map(found -> log.page(found.target(), state, before, most));
    }

    public Optional<Delivery> find(String endpoint, String webhookId) {
        return log.find(webhookId)
                .filter(message -> message.target().equals(WebhookEndpoint.target(endpoint)))
                .map(message -> new Delivery(message, log.tries(webhookId, MOST_TRIES)));
    }

    /** Sends a message again, under its id, whether it was delivered or parked; one that is due anyway stays so. */
    public Optional<Delivery> resend(String endpoint, String webhookId) {
        log.resend(WebhookEndpoint.target(endpoint), webhookId);
        due.run();
        return find(endpoint, webhookId);
    }

    /** @return how many were parked and are due again */
    public OptionalInt resendParked(String endpoint) {
        Optional<WebhookEndpoint> found = rows.find(endpoint);
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        int again = log.resendParked(found.get().target(), 0);
        due.run();
        return OptionalInt.of(again);
    }
}
