package io.stockledger.api.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class TogetherTest {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<List<Integer>> statements = new ArrayList<>();
    private final Together<Integer, String> together = new Together<>(this::answers, tasks::add, 1, 40);

    @Test
    void thoseThatComeMeanwhileAreAskedAsOne() {
        CompletableFuture<Optional<String>> first = together.ask(1);
        CompletableFuture<Optional<String>> again = together.ask(1);
        CompletableFuture<Optional<String>> other = together.ask(2);
        CompletableFuture<Optional<String>> unknown = together.ask(0);
        assertThat(tasks).hasSize(1);
        runAll();

        assertThat(statements).containsExactly(List.of(1, 2, 0));
        assertThat(first.join()).contains("answer 1");
        assertThat(again.join()).contains("answer 1");
        assertThat(other.join()).contains("answer 2");
        assertThat(unknown.join()).isEmpty();
    }

    @Test
    void oneThatComesLaterIsAskedAgain() {
        CompletableFuture<Optional<String>> before = together.ask(1);
        runAll();
        CompletableFuture<Optional<String>> later = together.ask(1);
        runAll();

        assertThat(statements).containsExactly(List.of(1), List.of(1));
        assertThat(before).isCompleted();
        assertThat(later.join()).contains("answer 1");
    }

    @Test
    void noStatementAsksForMoreThan32() {
        List<CompletableFuture<Optional<String>>> asked =
                IntStream.rangeClosed(1, 40).mapToObj(together::ask).toList();
        runAll();

        assertThat(statements.stream().map(List::size)).containsExactly(32, 8);
        assertThat(asked).allMatch(CompletableFuture::isDone);
    }

    @Test
    void tooManyAreRefusedAndTheOthersAnswered() {
        List<CompletableFuture<Optional<String>>> asked =
                IntStream.rangeClosed(1, 40).mapToObj(together::ask).toList();
        assertThatThrownBy(() -> together.ask(41))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("40");
        runAll();

        assertThat(asked).allMatch(one -> one.join().isPresent());
    }

    @Test
    void aQuestionThatCannotBeAnsweredIsNoTroubleOfTheOthers() {
        CompletableFuture<Optional<String>> bad = together.ask(-1);
        CompletableFuture<Optional<String>> good = together.ask(1);
        runAll();

        assertThat(bad).isCompletedExceptionally();
        assertThat(good.join()).contains("answer 1");
    }

    @Test
    void aDatabaseThatIsAwayIsAskedOnce() {
        CompletableFuture<Optional<String>> one = together.ask(-2);
        CompletableFuture<Optional<String>> other = together.ask(1);
        runAll();

        assertThat(statements).hasSize(1);
        assertThat(one).isCompletedExceptionally();
        assertThat(other).isCompletedExceptionally();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private Map<Integer, String> answers(Collection<Integer> questions) {
        statements.add(List.copyOf(questions));
        if (questions.contains(-1)) {
            throw new IllegalStateException("question: -1");
        }
        if (questions.contains(-2)) {
            throw new QueryTimeoutException("away");
        }
        Map<Integer, String> found = new HashMap<>();
        questions.stream()
                .filter(question -> question > 0)
                .forEach(question -> found.put(question, "answer " + question));
        return found;
    }
}
