package io.stockledger.connectors.outbound;

import java.util.Optional;

/**
 * What a server answered.
 *
 * @param retryAfter its {@code Retry-After}, as it stands
 * @param body the beginning of it
 */
public record HttpAnswer(int status, Optional<String> retryAfter, String body) {}
