package io.stockledger.projections.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.ledger.FactStore.StoreUnavailable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void saysWhatWentWrongAndWhyWithoutNamesOfClasses() {
        Throwable failure = new StoreUnavailable("the facts could not be read on", new IOException("connection reset"));

        assertThat(ErrorText.of(failure)).isEqualTo("the facts could not be read on: connection reset");
    }

    @Test
    void saysNothingTwice() {
        Throwable failure = new IllegalStateException(
                "can't read: no answer", new IOException("no answer", new IOException("host is down")));

        assertThat(ErrorText.of(failure)).isEqualTo("can't read: no answer: host is down");
    }

    @Test
    void namesTheKindOfAnErrorThatSaysNothing() {
        assertThat(ErrorText.of(new ArithmeticException())).isEqualTo("ArithmeticException");
    }

    @Test
    void isShortEnoughToKeepAndHasNoCharacterThatPostgresRefuses() {
        assertThat(ErrorText.of(new IllegalStateException("a\0b".repeat(5_000))))
                .hasSize(2_000)
                .startsWith("a ba b");
    }
}
