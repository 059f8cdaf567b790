package io.stockledger.connectors.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.connectors.FactLog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Instant AT = FactLog.AT;
    private static final Duration OPEN = WorkerSettings.standard().openFor();

    private final Circuit circuit = new Circuit(WorkerSettings.standard());

    @Test
    void itOpensAfterFiveFailuresInARowAndASuccessBeginsANewRow() {
        fail(4);
        circuit.succeeded();
        fail(4);
        assertThat(circuit.admits(8, 0, AT)).isEqualTo(8);

        assertThat(circuit.failed(AT)).isTrue();
        assertThat(circuit.admits(8, 0, AT)).isZero();
        assertThat(circuit.openUntil()).isEqualTo(AT.plus(OPEN));
    }

    @Test
    void itAsksWithOneCallWhenItsTimeIsUpAndClosesWhenThatSucceeds() {
        fail(5);
        Instant later = AT.plus(OPEN);

        assertThat(circuit.admits(8, 0, later.minusMillis(1))).isZero();
        assertThat(circuit.admits(8, 0, later)).isEqualTo(1);
        assertThat(circuit.admits(8, 1, later)).isZero();
        assertThat(circuit.admits(0, 0, later)).isZero();
        assertThat(circuit.succeeded()).isTrue();
        assertThat(circuit.admits(8, 0, later)).isEqualTo(8);
    }

    @Test
    void itStaysOpenTwiceAsLongAfterEachFailedProbeUpToABound() {
        fail(5);
        Instant now = AT;
        Duration expected = OPEN;
        for (int i = 0; i < 10; i++) {
            now = now.plus(expected);
            assertThat(circuit.failed(now)).isTrue();
            Duration doubled = expected.multipliedBy(2);
            Duration longest = WorkerSettings.standard().longestOpen();
            expected = doubled.compareTo(longest) < 0 ? doubled : longest;
            assertThat(circuit.openUntil()).isEqualTo(now.plus(expected));
        }
        assertThat(expected).isEqualTo(WorkerSettings.standard().longestOpen());
    }

    @Test
    void callsThatWereUnderWayWhenItOpenedDoNotKeepItOpenLonger() {
        fail(5);

        assertThat(circuit.failed(AT.plusSeconds(1))).isFalse();
        assertThat(circuit.openUntil()).isEqualTo(AT.plus(OPEN));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(AT);
        }
    }
}
