package io.stockledger.connectors.webhook;

import io.stockledger.connectors.outbound.AddressRefused;
import io.stockledger.connectors.outbound.HttpAnswer;
import io.stockledger.connectors.outbound.OutboundHttp;
import io.stockledger.connectors.reaction.Effect;
import io.stockledger.connectors.reaction.EffectLog;
import io.stockledger.connectors.reaction.NewEffect;
import io.stockledger.connectors.reaction.Reaction;
import io.stockledger.connectors.reaction.Result;
import io.stockledger.connectors.reaction.Result.CarriedOut;
import io.stockledger.connectors.reaction.Result.Failed;
import io.stockledger.connectors.reaction.Result.Refused;
import io.stockledger.ledger.StoredFact;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts to endpoints, by Standard Webhooks. */
public final class WebhookReaction implements Reaction {

    public static final String NAME = "webhooks";

    private static final Logger LOG = LoggerFactory.getLogger(WebhookReaction.class);
    private static final int GONE = 410;
    private static final int LONGEST_ANSWER = 200;

    private final EndpointRows rows;
    private final EffectLog effects;
    private final SecretSeal seal;
    private final OutboundHttp http;
    private final InstantSource clock;

    /** With it the reaction writes; resumed facts come with another. */
    private volatile @Nullable Connection writing;

    /**
     * An endpoint comes to listen in a transaction that has the reaction begin anew; as long as it has not, nobody listens
     * who did not before, and no batch need look.
     */
    private volatile boolean nobodyListens;

    public WebhookReaction(DataSource dataSource, WebhookSettings settings, OutboundHttp http, InstantSource clock) {
        this.rows = new EndpointRows(dataSource);
        this.effects = new EffectLog(dataSource, clock);
        this.seal = new SecretSeal(settings.secretsKey());
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> sequenceKey(StoredFact fact) {
        // Who comes to listen moves the view, so it is asked anew who does.
        return nobodyListens ? Optional.empty() : Optional.of(WebhookMessages.ordering(fact));
    }

    @Override
    public void begin(Connection connection) {
        writing = connection;
        nobodyListens = false;
    }

    @Override
    public List<NewEffect> effects(List<StoredFact> facts, Connection connection) throws SQLException {
        List<WebhookEndpoint> listening = EndpointRows.listening(connection);
        if (connection == writing) {
            nobodyListens = listening.isEmpty();
        }
        return WebhookMessages.of(facts, listening);
    }

    @Override
    public Result carryOut(Effect effect, Duration timeout) {
        String id = WebhookMessages.endpoint(effect.target());
        Optional<WebhookEndpoint> found = rows.find(id);
        if (found.isEmpty()) {
            // Written by a batch that had still seen it.
            effects.forget(effect.target());
            return new Refused(null, "the endpoint was deleted");
        }
        WebhookEndpoint endpoint = found.get();
        if (!endpoint.enabled()) {
            return new Refused(null, "the endpoint is disabled");
        }
        Instant now = clock.instant();
        List<String> secrets = rows.secrets(id, now).stream()
                .map(stored -> seal.open(stored, id))
                .toList();
        try {
            return result(
                    endpoint,
                    http.post(
                            URI.create(endpoint.url()),
                            WebhookSignature.headers(effect.key(), now, effect.payload(), secrets),
                            "application/json",
                            effect.payload().getBytes(StandardCharsets.UTF_8),
                            timeout));
        } catch (AddressRefused e) {
            return new Failed(null, "not called: " + e.getMessage(), null);
        } catch (IOException e) {
            return new Failed(null, text(e), null);
        }
    }

    private Result result(WebhookEndpoint endpoint, HttpAnswer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new CarriedOut(status, "");
        }
        if (status == GONE) {
            String because = "the endpoint answered 410 (Gone)";
            if (rows.disable(endpoint, because)) {
                LOG.warn(
                        "Webhook endpoint {} at {} is disabled: it answered 410 (Gone)", endpoint.id(), endpoint.url());
                effects.parkAll(endpoint.target(), because);
                return new Refused(status, because);
            }
            // It has another address by now, or the next try finds it disabled.
            return new Failed(status, because, null);
        }
        return new Failed(status, text(answer), RetryAfter.read(answer.retryAfter(), clock.instant()));
    }

    private static String text(HttpAnswer answer) {
        String said = answer.body().strip();
        String beginning = said.length() <= LONGEST_ANSWER ? said : said.substring(0, LONGEST_ANSWER) + "…";
        boolean redirect = answer.status() >= 300 && answer.status() < 400;
        return "answered " + answer.status() + (redirect ? ", a redirect, which is not followed" : "")
                + (beginning.isEmpty() ? "" : ": " + beginning);
    }

    private static String text(IOException failure) {
        @Nullable String message = failure.getMessage();
        if (failure instanceof UnknownHostException) {
            return "no address of " + message + " is known";
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
