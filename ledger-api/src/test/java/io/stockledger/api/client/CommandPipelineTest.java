package io.stockledger.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Command;
import io.stockledger.v1.Failed;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandPipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Answers as the test says; remembers what it was sent. */
    private interface Script {
        void answer(Command command, StreamObserver<Reply> replies);
    }

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> settled = Collections.synchronizedList(new ArrayList<>());
    private volatile Script script = CommandPipelineTest::accept;
    private Server server;
    private Connection connection;

    @BeforeEach
    void startLedger() throws Exception {
        LedgerGrpc.LedgerImplBase ledger = new LedgerGrpc.LedgerImplBase() {
            @Override
            public StreamObserver<Command> execute(StreamObserver<Reply> replies) {
                return new StreamObserver<>() {
                    @Override
                    public void onNext(Command command) {
                        received.add(command.getRecordSale().getDocumentId());
                        script.answer(command, replies);
                    }

                    @Override
                    public void onError(Throwable failure) {}

                    @Override
                    public void onCompleted() {
                        replies.onCompleted();
                    }
                };
            }
        };
        server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(ledger)
                .build()
                .start();
        connection = Connection.over(
                Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), InsecureChannelCredentials.create())
                        .build(),
                null);
    }

    @AfterEach
    void stopLedger() throws InterruptedException {
        connection.close();
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    @Test
    void everyCommandIsSettledOnceInTheOrderInWhichItWasSent() throws Exception {
        try (CommandPipeline pipeline = new CommandPipeline(connection, 8, PATIENCE)) {
            for (int i = 0; i < 100; i++) {
                send(pipeline, "sale-" + i, Ordering.NONE);
            }
            pipeline.settle();

            assertThat(settled).hasSize(100).startsWith("sale-0", "sale-1").endsWith("sale-99");
            assertThat(pipeline.resent()).isZero();
        }
    }

    @Test
    void whatTheLedgerIsTooBusyForIsSentAgainAndNothingNewBeforeIt() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        script = (command, replies) -> {
            boolean first = command.getRecordSale().getDocumentId().equals("second") && tries.getAndIncrement() < 3;
            if (first) {
                fail(command, replies, Status.Code.RESOURCE_EXHAUSTED, "BUSY");
            } else {
                accept(command, replies);
            }
        };
        try (CommandPipeline pipeline = new CommandPipeline(connection, 1, PATIENCE)) {
            send(pipeline, "first", Ordering.NONE);
            send(pipeline, "second", Ordering.NONE);
            send(pipeline, "third", Ordering.NONE);
            pipeline.settle();

            assertThat(received).containsExactly("first", "second", "second", "second", "second", "third");
            assertThat(settled).containsExactly("first", "second", "third");
            assertThat(pipeline.resent()).isEqualTo(3);
        }
    }

    @Test
    void answersThatWereLostWithTheConnectionAreAskedForAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        script = (command, replies) -> {
            int call = calls.incrementAndGet();
            if (call == 3) {
                replies.onError(Status.UNAVAILABLE.withDescription("cut").asRuntimeException());
            } else if (call != 2) {
                accept(command, replies);
            }
        };
        try (CommandPipeline pipeline = new CommandPipeline(connection, 8, PATIENCE)) {
            send(pipeline, "answered", Ordering.NONE);
            send(pipeline, "unanswered", Ordering.NONE);
            send(pipeline, "cut", Ordering.NONE);
            pipeline.settle();

            assertThat(settled).containsExactly("answered", "unanswered", "cut");
            assertThat(received).containsExactly("answered", "unanswered", "cut", "unanswered", "cut");
        }
    }

    @Test
    void aRefusalIsAVerdictAndNotTriedAgain() throws Exception {
        script = (command, replies) -> fail(command, replies, Status.Code.FAILED_PRECONDITION, "INSUFFICIENT_STOCK");
        List<Verdict> verdicts = Collections.synchronizedList(new ArrayList<>());
        try (CommandPipeline pipeline = new CommandPipeline(connection, 8, PATIENCE)) {
            pipeline.send(sale("refused"), Ordering.NONE, verdicts::add);
            pipeline.settle();
        }

        assertThat(verdicts)
                .singleElement()
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("INSUFFICIENT_STOCK"));
        assertThat(received).containsExactly("refused");
    }

    @Test
    void aCommandWaitsForTheOneThatItNeedsAndIsWaitedForInTurn() throws Exception {
        List<StreamObserver<Reply>> held = Collections.synchronizedList(new ArrayList<>());
        script = (command, replies) -> {
            if (command.getRecordSale().getDocumentId().equals("sale")) {
                held.add(replies);
            } else {
                accept(command, replies);
            }
        };
        try (CommandPipeline pipeline = new CommandPipeline(connection, 8, PATIENCE)) {
            send(pipeline, "sale", new Ordering(Set.of("order:sale"), Set.of()));
            send(pipeline, "other", new Ordering(Set.of("sku:1"), Set.of()));
            Thread returning = new Thread(() -> {
                try {
                    send(pipeline, "return", new Ordering(Set.of("sku:1"), Set.of("order:sale")));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            returning.start();
            org.awaitility.Awaitility.await().until(() -> received.size() == 2 && settled.size() == 1);
            org.awaitility.Awaitility.await().until(() -> returning.getState() == Thread.State.TIMED_WAITING);
            assertThat(received).containsExactly("sale", "other");

            accept(Command.newBuilder().setTag(1).build(), held.get(0));
            returning.join();
            pipeline.settle();

            assertThat(received).containsExactly("sale", "other", "return");
        }
    }

    @Test
    void aClientThatIsNotLetInSaysSoAtOnce() {
        script = (command, replies) -> replies.onError(
                Status.UNAUTHENTICATED.withDescription("No bearer token").asRuntimeException());
        CommandPipeline pipeline = new CommandPipeline(connection, 8, PATIENCE);

        assertThatThrownBy(() -> {
                    send(pipeline, "sale", Ordering.NONE);
                    pipeline.settle();
                })
                .isInstanceOf(LedgerUnreachable.class)
                .hasMessageContaining("No bearer token");
    }

    @Test
    void aLedgerThatTakesNothingIsGivenUpAfterAWhile() {
        script = (command, replies) -> fail(command, replies, Status.Code.RESOURCE_EXHAUSTED, "BUSY");
        CommandPipeline pipeline = new CommandPipeline(connection, 8, Duration.ofMillis(300));

        assertThatThrownBy(() -> {
                    send(pipeline, "sale", Ordering.NONE);
                    pipeline.settle();
                })
                .isInstanceOf(LedgerUnreachable.class)
                .hasMessageContaining("BUSY");
    }

    private void send(CommandPipeline pipeline, String id, Ordering ordering) throws InterruptedException {
        pipeline.send(sale(id), ordering, verdict -> settled.add(id));
    }

    private static Command.Builder sale(String id) {
        return Command.newBuilder().setRecordSale(RecordSale.newBuilder().setDocumentId(id));
    }

    private static void accept(Command command, StreamObserver<Reply> replies) {
        replies.onNext(Reply.newBuilder()
                .setTag(command.getTag())
                .setAccepted(Accepted.getDefaultInstance())
                .build());
    }

    private static void fail(Command command, StreamObserver<Reply> replies, Status.Code code, String reason) {
        replies.onNext(Reply.newBuilder()
                .setTag(command.getTag())
                .setFailed(Failed.newBuilder().setCode(code.value()).setReason(reason))
                .build());
    }
}
