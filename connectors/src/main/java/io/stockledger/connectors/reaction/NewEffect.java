package io.stockledger.connectors.reaction;

/**
 * An effect that a fact asks for.
 *
 * @param key its idempotency key, derived from the fact's position and the target; the same when the fact is taken again
 * @param target whom it is for; what is slow or dead together
 * @param ordering at one target, a later effect waits while an earlier one with the same ordering key is due
 * @param position of the fact
 * @param subject what it is about, in a word for people
 */
public record NewEffect(String key, String target, String ordering, long position, String subject, String payload) {}
