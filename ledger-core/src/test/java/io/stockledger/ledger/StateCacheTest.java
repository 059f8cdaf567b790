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
    void a_fresh_document_is_not_forgotten_before_what_is_asked_for_often() {
        StreamType<Integer> documents =
                StreamType.<Integer>of("reservation", (parts, fact) -> parts).askedForSoon();
        StateCache cache = new StateCache(new MemoryFactStore(), 100);
        for (int round = 0; round < 50; round++) {
            for (int item = 0; item < 50; item++) {
                cache.put("stock:" + item, new Entry<>(STREAM, round, round));
                assertThat(cache.get(STREAM, "stock:" + item).state()).isEqualTo(round);
            }
            cache.putFresh("reservation:" + round, new Entry<>(documents, round, 0));
        }

        for (int round = 0; round < 50; round++) {
            assertThat(cache.get(documents, "reservation:" + round).state()).isEqualTo(round);
        }
        cache.put("reservation:1", new Entry<>(documents, 77, 1));
        assertThat(cache.get(documents, "reservation:1").state()).isEqualTo(77);
        cache.forget("reservation:1");
        assertThat(cache.get(documents, "reservation:1").state()).isNull();
    }

    @Test
    void the_latest_documents_are_kept_and_no_more() {
        StreamType<Integer> documents =
                StreamType.<Integer>of("reservation", (parts, fact) -> parts).askedForSoon();
        StateCache cache = new StateCache(new MemoryFactStore(), 6);
        for (int i = 0; i < 5; i++) {
            cache.putFresh("reservation:" + i, new Entry<>(documents, i, 0));
        }

        assertThat(cache.get(documents, "reservation:1").state()).isNull();
        assertThat(cache.get(documents, "reservation:2").state()).isEqualTo(2);
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
