package io.stockledger.api.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * The proxies that the operator has put in front, whose word counts on where a request comes from and whether it came by
 * TLS. Nobody else's does.
 */
public final class TrustedProxies {

    private static final String SETTING = "stockledger.trusted-proxies";
    /** No name, which would be looked up, and no short form. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F.:]*");

    /** Never everybody. */
    private static final Pattern NETWORK = Pattern.compile("(" + ADDRESS + ")(/[1-9]\\d{0,2})?");

    /** Each with its length, by which the valve tells them from patterns. */
    private final List<String> networks = new ArrayList<>();

    private final List<IpAddressMatcher> matchers = new ArrayList<>();

    /**
     * @param addresses for example {@code 10.0.0.7} or {@code 10.1.0.0/16}
     * @throws InvalidConfigurationPropertyValueException for what is neither an address nor a network
     */
    public TrustedProxies(List<String> addresses) {
        for (String address : addresses) {
            try {
                if (!NETWORK.matcher(address).matches()) {
                    throw new IllegalArgumentException("neither an address nor a network");
                }
                matchers.add(new IpAddressMatcher(address));
                networks.add(address.contains("/") ? address : address + (address.contains(":") ? "/128" : "/32"));
            } catch (IllegalArgumentException e) {
                throw new InvalidConfigurationPropertyValueException(
                        SETTING, address, "expected: an address such as 10.0.0.7, or a network such as 10.1.0.0/16", e);
            }
        }
    }

    /** For REST; empty where there is no proxy, so that what is forwarded counts for nothing. */
    public Optional<RemoteIpValve> valve() {
        if (networks.isEmpty()) {
            return Optional.empty();
        }
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(String.join(",", networks));
        valve.setProtocolHeader("X-Forwarded-Proto");
        return Optional.of(valve);
    }

    /**
     * For gRPC, in the same way: where a call comes from.
     *
     * @param peer who is connected to us
     * @param forwardedFor the values of {@code x-forwarded-for}, in their order; each proxy adds at the end whom it saw
     */
    public String sender(String peer, Iterable<String> forwardedFor) {
        String sender = peer;
        if (isTrusted(peer)) {
            String[] seen = String.join(",", forwardedFor).split(",", -1);
            for (int i = seen.length - 1; i >= 0 && isTrusted(sender); i--) {
                String before = seen[i].strip();
                if (!ADDRESS.matcher(before).matches()) {
                    return sender;
                }
                sender = before;
            }
        }
        return sender;
    }

    private boolean isTrusted(String address) {
        return matchers.stream().anyMatch(network -> network.matches(address));
    }
}
