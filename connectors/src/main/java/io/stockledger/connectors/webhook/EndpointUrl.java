package io.stockledger.connectors.webhook;

import io.stockledger.connectors.outbound.AddressPolicy;
import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses an endpoint may have. What a name resolves to is seen, and refused, when it is called. */
final class EndpointUrl {

    private static final int LONGEST = 2_000;
    private static final int LAST_PORT = 65_535;
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[.*]");

    private final boolean plainToLoopback;
    private final AddressPolicy policy;

    EndpointUrl(WebhookSettings settings) {
        this.plainToLoopback = settings.loopback();
        this.policy = new AddressPolicy(settings.loopback(), settings.privateNetworks());
    }

    /** @throws InvalidCommand when it is none */
    String check(@Nullable String url) {
        String given = Check.identifier("url", url, LONGEST);
        URI parsed;
        try {
            parsed = new URI(given);
        } catch (URISyntaxException e) {
            throw new InvalidCommand("url", "'" + given + "' (expected: https://host/path)");
        }
        String host = parsed.getHost();
        if (host == null || parsed.getRawUserInfo() != null || parsed.getRawFragment() != null) {
            throw new InvalidCommand("url", "'" + given + "' (expected: https://host/path, no user, no fragment)");
        }
        if (parsed.getPort() > LAST_PORT) {
            throw new InvalidCommand("url", "'" + given + "' (expected: a port up to " + LAST_PORT + ")");
        }
        boolean plain = "http".equals(parsed.getScheme());
        if (!"https".equals(parsed.getScheme()) && !(plain && plainToLoopback)) {
            throw new InvalidCommand("url", "'" + given + "' (expected: https)");
        }
        if (NUMERIC.matcher(host).matches()) {
            checkLiteral(given, host);
        }
        return given;
    }

    private void checkLiteral(String url, String host) {
        InetAddress address;
        try {
            // A literal, so nothing is looked up.
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new InvalidCommand("url", "'" + url + "' (expected: a host or an address)");
        }
        if (!policy.allows(address)) {
            throw new InvalidCommand("url", "'" + url + "' (expected: a public address)");
        }
    }
}
