package io.stockledger.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

class RequestIdTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "shop-7/4711 | none | shop-7/4711",
                "a=b+c@d:e_f. | none | a=b+c@d:e_f.",
                "shop-7 | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | shop-7",
                "none | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | 4bf92f3577b34da6a3ce929d0e0e4736",
                "a b | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00 | 4bf92f3577b34da6a3ce929d0e0e4736",
                "none | 01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more | 4bf92f3577b34da6a3ce929d0e0e4736",
                "none | cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | 4bf92f3577b34da6a3ce929d0e0e4736",
                "none | none | made up",
                "'' | '' | made up",
                "ä | none | made up",
                "none | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more | made up",
                "none | ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 | made up",
                "none | 00-00000000000000000000000000000000-00f067aa0ba902b7-01 | made up",
                "none | 00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01 | made up",
                "none | 00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01 | made up",
                "none | 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7 | made up",
            })
    void what_is_valid_is_taken_and_anything_else_counts_as_not_sent(
            @Nullable String id, @Nullable String trace, String called) {
        RequestId request = RequestId.of(id, trace);
        if (called.equals("made up")) {
            assertThat(request.id()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE_ID);
            assertThat(request.kept()).isNull();
            assertThat(request.traceparent()).isNull();
        } else {
            assertThat(request.id()).isEqualTo(called);
            assertThat(request.kept()).isEqualTo(called);
            assertThat(request.traceparent()).isEqualTo(trace);
        }
    }

    @Test
    void one_that_is_too_long_counts_as_not_sent() {
        assertThat(RequestId.of("x".repeat(128), null).given()).isTrue();
        assertThat(RequestId.of("x".repeat(129), null).given()).isFalse();
    }

    @Test
    void what_is_logged_for_a_request_has_its_id_and_so_has_a_fault() {
        RequestId outer = RequestId.of("outer", null);
        RequestId inner = RequestId.of("inner", null);
        String logged = outer.logged(() -> inner.logged(() -> MDC.get("requestId")) + " in " + MDC.get("requestId"));
        assertThat(logged).isEqualTo("inner in outer");
        assertThat(MDC.get("requestId")).isNull();
        Problem fault = inner.logged(() -> Failures.problem(new IllegalStateException("a fault")));
        assertThat(fault.values()).isEqualTo(Map.of("requestId", "inner"));
        assertThat(Failures.problem(new IllegalStateException("a fault"))
                        .values()
                        .get("requestId"))
                .matches("[0-9a-f]{32}");
    }
}
