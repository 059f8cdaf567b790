package io.stockledger.ledger;

import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.Provenance;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.quantity.Unit;
import io.stockledger.scenario.Scenario;
import io.stockledger.scenario.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One ledger over a store that it may share with others, with a clock that is set by hand. */
final class Node implements AutoCloseable {

    static final Provenance ANYBODY = Provenance.of("tester");
    static final LedgerSettings SMALL = new LedgerSettings(64, 16, 1_000, 1_000, 1_000, 10, Duration.ofSeconds(10));

    private final MemoryFactStore store;
    private final AtomicReference<Instant> now = new AtomicReference<>(Scenario.NOON);
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "test-background"));
    private final Ledger ledger;

    Node(MemoryFactStore store, LedgerSettings settings, LedgerObserver observer) {
        this.store = store;
        this.ledger = Ledger.start(store, settings, now::get, observer, background, background);
    }

    static Node on(MemoryFactStore store) {
        return new Node(store, SMALL, new Silent());
    }

    static Node on(MemoryFactStore store, LedgerSettings settings) {
        return new Node(store, settings, new Silent());
    }

    MemoryFactStore store() {
        return store;
    }

    Ledger ledger() {
        return ledger;
    }

    void at(Instant instant) {
        now.set(instant);
    }

    /** Berlin is open, and ten pieces of tea are there. */
    void openAShopWithTea() {
        accepted(new OpenLocation(Shop.document(Kind.INSTRUCTION, "open"), Shop.BERLIN, "Berlin", LocationKind.SHOP));
        accepted(new RegisterItem(
                Shop.document(Kind.INSTRUCTION, "item"), Shop.TEA, "Tea", Unit.PIECE, List.of(), null));
        accepted(Shop.receive("d1", Shop.BERLIN, Shop.goods(Shop.TEA, "10")));
    }

    CompletableFuture<Answer> submit(Command command) {
        return ledger.submit(command, ANYBODY);
    }

    Answer answer(Command command) {
        return answerOf(submit(command));
    }

    Answer answer(Command command, Provenance by) {
        return answerOf(ledger.submit(command, by));
    }

    Answer.Accepted accepted(Command command) {
        Answer answer = answer(command);
        if (answer instanceof Answer.Accepted accepted) {
            return accepted;
        }
        throw new AssertionError(command + ": " + answer + " (expected: accepted)");
    }

    static Answer answerOf(CompletableFuture<Answer> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    static List<Answer> answersOf(List<CompletableFuture<Answer>> futures) {
        List<Answer> answers = new ArrayList<>();
        futures.forEach(future -> answers.add(answerOf(future)));
        return answers;
    }

    /** Lets the next append hang, so that what is handed in meanwhile makes one batch. */
    Held hold() {
        return hold((facts, write) -> write.now());
    }

    /** The same, and when it is let go it ends as told. */
    Held hold(MemoryFactStore.Turn end) {
        Held held = new Held(end);
        store.next(held);
        return held;
    }

    @Override
    public void close() throws InterruptedException {
        ledger.close();
        background.shutdown();
        background.awaitTermination(20, TimeUnit.SECONDS);
    }

    /** An append that begins and does not end before it is let go. */
    static final class Held implements MemoryFactStore.Turn {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch mayGo = new CountDownLatch(1);
        private final MemoryFactStore.Turn end;

        private Held(MemoryFactStore.Turn end) {
            this.end = end;
        }

        @Override
        public long append(List<StoredFact> facts, MemoryFactStore.Write write) {
            begun.countDown();
            await(mayGo);
            return end.append(facts, write);
        }

        void awaitBegun() {
            await(begun);
        }

        void letGo() {
            mayGo.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("nothing happened within 20 s");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static class Silent implements LedgerObserver {
        @Override
        public void answered(Command command, Answer answer, Duration took) {}

        @Override
        public void failed(Command command, Throwable reason) {}

        @Override
        public void appended(int facts, Duration took) {}

        @Override
        public void conflicted() {}
    }
}
