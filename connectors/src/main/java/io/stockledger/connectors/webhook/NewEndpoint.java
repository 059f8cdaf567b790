package io.stockledger.connectors.webhook;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as its creator wants it.
 *
 * @param facts by their stored names; empty: all
 * @param locations that its creator is tied to; empty: to none
 * @param afterPosition the last position that the receiver knows of; null: whatever is recorded from now on
 */
public record NewEndpoint(
        @Nullable String url,
        @Nullable String description,
        Set<String> facts,
        Set<String> locations,
        @Nullable Long afterPosition) {}
