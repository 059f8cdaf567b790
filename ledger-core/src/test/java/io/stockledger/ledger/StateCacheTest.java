package io.stockledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.decision.StreamType;
import io.stockledger.ledger.StateCache.Entry;
import org.junit.jupiter.api.Test;

class StateCacheTest {

    private static final StreamType<Integer> STREAM = StreamType.<Integer>of("stock", (parts, fact) -> parts)
            .withSnapshots(parts -> parts, stored -> (Integer) stored, parts -> parts);

    @Test
    void a_small_state_is_stored_whole_as_often_as_is_set() {
        assertThat(new Entry<>(STREAM, 1_000, 1).factsPerSnapshot(1_000)).isEqualTo(1_000);
        assertThat(new Entry<>(STREAM, null, -1).factsPerSnapshot(1_000)).isEqualTo(1_000);
    }

    @Test
    void a_state_larger_than_that_is_stored_after_at_least_as_many_facts_as_it_has_parts() {
        assertThat(new Entry<>(STREAM, 1_001, 1).factsPerSnapshot(1_000)).isEqualTo(2_000);
        assertThat(new Entry<>(STREAM, 100_000, 1).factsPerSnapshot(1_000)).isEqualTo(128_000);
    }

    @Test
    void a_state_that_would_take_hundreds_of_megabytes_is_not_stored_whole() {
        assertThat(new Entry<>(STREAM, 500_000, 1).factsPerSnapshot(1_000)).isEqualTo(512_000);
        assertThat(new Entry<>(STREAM, 500_001, 1).factsPerSnapshot(1_000)).isEqualTo(Long.MAX_VALUE);
    }
}
