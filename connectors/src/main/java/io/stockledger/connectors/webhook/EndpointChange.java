package io.stockledger.connectors.webhook;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of an endpoint; null leaves it.
 *
 * @param enabled a disabled endpoint that is enabled gets what is recorded from then on, or what is behind
 *     {@code afterPosition}
 * @param afterPosition the last position that the receiver knows of; what is behind it and was never due is due then
 */
public record EndpointChange(
        @Nullable String url,
        @Nullable String description,
        @Nullable Set<String> facts,
        @Nullable Boolean enabled,
        @Nullable Long afterPosition) {}
