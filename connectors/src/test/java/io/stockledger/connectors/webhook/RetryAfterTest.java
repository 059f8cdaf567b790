package io.stockledger.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.connectors.FactLog;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    @Test
    void itIsSecondsOrADateAndAnythingElseIsNothing() {
        assertThat(read("120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(read("Sun, 01 Mar 2026 08:01:00 GMT")).isEqualTo(Duration.ofMinutes(1));
        assertThat(read("Sun, 01 Mar 2026 07:59:00 GMT")).isNull();
        assertThat(read("soon")).isNull();
        assertThat(read("-1")).isNull();
        assertThat(read("")).isNull();
        assertThat(read("99999999999999999999")).isNull();
        assertThat(RetryAfter.read(Optional.empty(), FactLog.AT)).isNull();
    }

    private static @Nullable Duration read(String header) {
        return RetryAfter.read(Optional.of(header), FactLog.AT);
    }
}
