package io.stockledger.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.security.Caller;
import io.stockledger.api.security.Role;
import io.stockledger.projections.view.ParkedFact;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewRoutesTest {

    private static final Caller TIED = new Caller("t", Set.of(Role.ADMIN), Set.of("berlin-1"), Set.of());
    private static final Caller FREE = new Caller("f", Set.of(Role.ADMIN), Set.of(), Set.of());

    @ParameterizedTest
    @CsvSource({
        "stock:0001@berlin-1,true",
        "stock:a@b@berlin-1,true",
        "stock:0001@hamburg-1,false",
        "order:berlin-1,false",
        "order:x@berlin-1,false",
    })
    void who_is_tied_to_a_shop_is_told_of_parked_facts_about_its_stock(String stream, boolean told) {
        assertThat(ViewRoutes.mayBeTold(parked(stream), TIED)).isEqualTo(told);
    }

    @Test
    void who_is_not_tied_is_told_of_all() {
        assertThat(ViewRoutes.mayBeTold(parked("order:4711"), FREE)).isTrue();
    }

    private static ParkedFact parked(String stream) {
        return new ParkedFact("availability", stream, 1, stream, 0, "bad", Instant.EPOCH);
    }
}
