package io.stockledger.connectors.webhook;

/** An endpoint with a secret that was made just now; it is shown this once. */
public record EndpointSecret(WebhookEndpoint endpoint, String secret) {}
