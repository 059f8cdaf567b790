package io.stockledger.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ServerCall;
import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

    private final OpenCalls calls = new OpenCalls();

    @Test
    void nobodyHasMoreOpenThanTheMostAndWhatHasEndedCountsNoMore() {
        List<ServerCall.Listener<String>> open = new ArrayList<>();
        for (int i = 0; i < OpenCalls.MOST_OF_ONE; i++) {
            open.add(begin("shop"));
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> begin("shop"))
                    .isInstanceOfSatisfying(
                            RequestRefused.class,
                            refused -> assertThat(refused.problem().type()).isEqualTo(Failures.BUSY));
        }
        assertThat(begin("till")).isNotNull();
        open.get(0).onComplete();
        open.get(1).onCancel();
        assertThat(begin("shop")).isNotNull();
        assertThat(begin("shop")).isNotNull();
        assertThatThrownBy(() -> begin("shop")).isInstanceOf(RequestRefused.class);
    }

    @Test
    void whatCannotBeginIsNotOpen() {
        for (int i = 0; i <= OpenCalls.MOST_OF_ONE; i++) {
            assertThatThrownBy(() -> calls.<String>counted("shop", () -> {
                        throw new IllegalStateException("no such method");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(begin("shop")).isNotNull();
    }

    private ServerCall.Listener<String> begin(String principal) {
        return calls.counted(principal, () -> new ServerCall.Listener<String>() {});
    }
}
