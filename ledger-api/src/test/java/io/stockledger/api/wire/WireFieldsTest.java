package io.stockledger.api.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.stockledger.document.InvalidCommand;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFieldsTest {

    @Test
    void aTimeMayBeExactToTheNanosecond() {
        assertThat(WireFields.instant("at", time(60, 999_999_999))).isEqualTo(Instant.ofEpochSecond(60, 999_999_999));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aTimeWithMoreNanosecondsThanASecondHasIsRefused(int nanos) {
        assertThatThrownBy(() -> WireFields.instant("at", time(60, nanos)))
                .isInstanceOf(InvalidCommand.class)
                .hasMessage("at: 60 s and " + nanos + " ns (expected: 0 to 999999999 ns)");
    }

    private static Timestamp time(long seconds, int nanos) {
        return Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    }
}
