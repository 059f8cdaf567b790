package io.stockledger.connectors.reaction;

import java.time.Duration;

/**
 * How effects are carried out, on each node.
 *
 * @param atOnce calls at a time in all; each has a thread
 * @param atOncePerTarget of these for one target, so that a slow one leaves threads to others
 * @param timeout for one call
 * @param claim how long an effect is left to the worker that took it; longer than any call by more than nodes' clocks
 *     differ
 * @param look how often due effects are looked for when nothing says that there are some
 * @param failuresToOpen so many failures in a row, and a target is left alone
 * @param openFor for so long, and twice as long after each failed probe
 * @param longestOpen where that doubling ends
 * @param keepDone how long effects that were carried out are kept, with their tries
 * @param keepParked the same for those that were given up
 */
public record WorkerSettings(
        int atOnce,
        int atOncePerTarget,
        Duration timeout,
        Duration claim,
        Duration look,
        RetryPlan retries,
        int failuresToOpen,
        Duration openFor,
        Duration longestOpen,
        Duration keepDone,
        Duration keepParked) {

    public WorkerSettings {
        if (atOncePerTarget < 1 || atOncePerTarget > atOnce) {
            throw new IllegalArgumentException(
                    "atOncePerTarget: " + atOncePerTarget + " (expected: 1 to " + atOnce + ", which is atOnce)");
        }
        if (claim.compareTo(timeout) <= 0) {
            throw new IllegalArgumentException("claim: " + claim + " (expected: above " + timeout + ", the timeout)");
        }
    }

    public static WorkerSettings standard() {
        return new WorkerSettings(
                32,
                8,
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                RetryPlan.standard(),
                5,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                Duration.ofDays(90));
    }
}
