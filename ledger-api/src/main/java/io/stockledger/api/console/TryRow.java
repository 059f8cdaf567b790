package io.stockledger.api.console;

import io.stockledger.connectors.reaction.EffectLog.Try;
import java.time.Duration;

/** @param ended what was answered, or why nothing was */
record TryRow(String at, String took, String ended, String tone) {

    static TryRow of(Try one) {
        String error = one.error();
        return new TryRow(
                Times.text(one.at()),
                Times.text(Duration.ofMillis(one.millis())),
                error == null ? "taken (" + one.status() + ")" : error,
                error == null ? "" : "below");
    }
}
