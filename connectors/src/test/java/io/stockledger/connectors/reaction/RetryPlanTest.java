package io.stockledger.connectors.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.connectors.FactLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final RetryPlan PLAN = RetryPlan.standard();
    private static final Instant FIRST = FactLog.AT;

    @Test
    void aTargetThatIsDeadIsTriedForThreeDaysAndThenGivenUp() {
        List<Duration> tried = new ArrayList<>();
        Optional<Instant> next = Optional.of(FIRST);
        while (next.isPresent()) {
            Instant now = next.get();
            tried.add(Duration.between(FIRST, now));
            next = PLAN.next(tried.size(), FIRST, now, Duration.ZERO, 0);
        }

        assertThat(tried)
                .containsExactly(
                        Duration.ZERO,
                        Duration.parse("PT5S"),
                        Duration.parse("PT5M5S"),
                        Duration.parse("PT35M5S"),
                        Duration.parse("PT2H35M5S"),
                        Duration.parse("PT7H35M5S"),
                        Duration.parse("PT17H35M5S"),
                        Duration.parse("PT31H35M5S"),
                        Duration.parse("PT51H35M5S"),
                        Duration.parse("PT72H"));
    }

    @Test
    void chanceMakesAWaitLongerByAFifthAtMost() {
        assertThat(PLAN.next(1, FIRST, FIRST, Duration.ZERO, 0)).contains(FIRST.plusSeconds(5));
        assertThat(PLAN.next(1, FIRST, FIRST, Duration.ZERO, 0.5)).contains(FIRST.plusMillis(5_500));
        assertThat(PLAN.next(1, FIRST, FIRST, Duration.ZERO, 1)).contains(FIRST.plusSeconds(6));
    }

    @Test
    void aTargetThatWantsToBeLeftAloneIsUntilTheTimeIsUp() {
        assertThat(PLAN.next(1, FIRST, FIRST, Duration.ofHours(1), 0)).contains(FIRST.plusSeconds(3_600));
        assertThat(PLAN.next(1, FIRST, FIRST, Duration.ofDays(9), 0)).contains(FIRST.plus(Duration.ofDays(3)));
        assertThat(PLAN.next(3, FIRST, FIRST, Duration.ofSeconds(1), 0)).contains(FIRST.plusSeconds(1_800));
    }
}
