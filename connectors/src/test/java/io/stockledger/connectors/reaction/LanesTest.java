package io.stockledger.connectors.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    /** 16 at once, 4 for each target. */
    private final Lanes lanes = new Lanes(TestTenant.settings());

    @Test
    void howeverManyTargetsAreSlowAnotherGetsItsTurn() {
        for (int target = 0; target < 4; target++) {
            int free = lanes.free("slow-" + target, NOW);
            for (int call = 0; call < free; call++) {
                lanes.begun("slow-" + target);
            }
        }

        assertThat(lanes.free("slow-0", NOW)).isZero();
        assertThat(lanes.free("quick", NOW)).isEqualTo(1);
    }

    @Test
    void noMoreBeginThanMay() {
        for (int target = 0; target < 40; target++) {
            String name = "target-" + target;
            int free = lanes.free(name, NOW);
            for (int call = 0; call < free; call++) {
                lanes.begun(name);
            }
        }

        assertThat(lanes.statuses().stream().mapToInt(TargetStatus::underWay).sum())
                .isEqualTo(TestTenant.settings().atOnce());
    }
}
