package io.stockledger.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.stockledger.api.RunningLedger;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.postgres.TestPostgres;
import io.stockledger.v1.Command;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.Reply;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every method over gRPC with bytes that nobody should send, by a seed. Whatever is sent, it is the sender's mistake or it is
 * taken; the service fails at none. For the long run: {@code -Dhostile.requests=200000 -Dhostile.seed=…}.
 */
class HostileMessagesIT {

    private static final int CALLS = Integer.getInteger("hostile.requests", 5_000);
    private static final long SEED = Long.getLong("hostile.seed", 20_261_130L);
    private static final int AT_ONCE = 32;

    /** Longer than a question may wait for what it asks. */
    private static final int PATIENCE_SECONDS = 40;

    private static final Set<Status.Code> FAULTS =
            Set.of(Status.Code.UNKNOWN, Status.Code.INTERNAL, Status.Code.UNAVAILABLE, Status.Code.DATA_LOSS);

    private static final RunningLedger SERVICE = RunningLedger.start(TestPostgres.freshDatabase());

    private record Target(MethodDescriptor<byte[], byte[]> method, Message empty, List<Message> examples) {

        static Target of(ContractMethod method) {
            boolean hasExamples = method.routes().stream().anyMatch(route -> route.hasBody());
            return new Target(
                    BytesCall.of(method.wire()),
                    method.empty(),
                    hasExamples ? HostileMessages.examples(method) : List.of());
        }
    }

    private final Random random = new Random(SEED);
    private final HostileMessages messages = new HostileMessages(random);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final LongAdder refused = new LongAdder();
    private final Semaphore room = new Semaphore(AT_ONCE);

    @AfterAll
    static void close() {
        SERVICE.close();
    }

    @Test
    void the_service_fails_at_no_bytes_that_are_sent() throws Exception {
        List<Target> targets = Stream.concat(Contract.methods().stream().map(Target::of), beside())
                .toList();
        send(targets, CALLS / 10);
        Growth growth = Growth.sinceNow();

        send(targets, CALLS);

        assertThat(faults).isEmpty();
        assertThat(refused.sum()).isGreaterThan(CALLS / 2);
        assertThat(SERVICE.get("/v1/views").status()).isEqualTo(200);
        growth.requireLittle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "0a05", "0a02c328", "0b0b0b"})
    void bytes_that_are_no_message_are_refused_in_a_sentence(String bytes) throws Exception {
        Status refused = status(
                BytesCall.of(LedgerGrpc.getRecordSaleMethod()), HexFormat.of().parseHex(bytes));

        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription())
                .isEqualTo("the bytes are no message of this method (expected: protobuf, texts in UTF-8)");
    }

    @Test
    void a_unary_call_has_one_message() throws Exception {
        MethodDescriptor<byte[], byte[]> sale = BytesCall.of(LedgerGrpc.getRecordSaleMethod());

        assertThat(status(sale)).satisfies(none -> {
            assertThat(none.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(none.getDescription()).isEqualTo("no message (expected: one)");
        });
        // As a stream, because a client's unary call has but one.
        assertThat(status(sale.toBuilder().setType(MethodType.BIDI_STREAMING).build(), new byte[0], new byte[0]))
                .satisfies(two -> {
                    assertThat(two.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(two.getDescription()).isEqualTo("more than one message (expected: one)");
                });
    }

    @Test
    void a_message_is_as_large_once_unpacked_as_it_may_be_sent() throws Exception {
        CallOptions packed = CallOptions.DEFAULT.withCompression("gzip");
        byte[] manyFields = new byte[40_000_000];
        for (int i = 0; i < manyFields.length; i += 2) {
            manyFields[i] = 0x78;
        }
        Status refused = new BytesCall(SERVICE.channel(), BytesCall.of(LedgerGrpc.getRecordSaleMethod()), packed)
                .send(SERVICE.adminKey(), manyFields)
                .status();

        assertThat(refused.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    private static Status status(MethodDescriptor<byte[], byte[]> method, byte[]... sent) throws Exception {
        return new BytesCall(SERVICE.channel(), method, CallOptions.DEFAULT)
                .send(SERVICE.adminKey(), sent)
                .status();
    }

    private static Stream<Target> beside() {
        return Stream.of(
                new Target(
                        BytesCall.of(HealthGrpc.getCheckMethod()), HealthCheckRequest.getDefaultInstance(), List.of()),
                new Target(
                        BytesCall.of(HealthGrpc.getWatchMethod()), HealthCheckRequest.getDefaultInstance(), List.of()),
                new Target(
                        BytesCall.of(ServerReflectionGrpc.getServerReflectionInfoMethod()),
                        ServerReflectionRequest.getDefaultInstance(),
                        List.of()));
    }

    private void send(List<Target> targets, int calls) throws InterruptedException {
        for (int i = 0; i < calls; i++) {
            Target target = targets.get(i % targets.size());
            boolean one = target.method().getType().clientSendsOneMessage();
            byte[][] sent = new byte[one ? 1 : random.nextInt(4)][];
            for (int message = 0; message < sent.length; message++) {
                sent[message] = messages.bytes(target.empty(), target.examples());
            }
            room.acquire();
            new Fuzzed(i, target, sent).send(SERVICE.adminKey(), sent);
        }
        room.acquire(AT_ONCE);
        room.release(AT_ONCE);
    }

    private final class Fuzzed extends BytesCall {

        private final String what;
        private final boolean isExecute;
        private final boolean isEndless;

        Fuzzed(int number, Target target, byte[][] sent) {
            super(SERVICE.channel(), target.method(), deadline(target.method()));
            this.what = number + ": " + target.method().getFullMethodName() + " " + shown(sent);
            this.isExecute = target.empty() instanceof Command;
            this.isEndless = target.method().getType() == MethodType.SERVER_STREAMING;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            // A view that will never be as far says so itself.
            boolean unanswered = status.getCode() == Status.Code.DEADLINE_EXCEEDED
                    && !isEndless
                    && !String.valueOf(status.getDescription()).startsWith("View '");
            if (unanswered || FAULTS.contains(status.getCode())) {
                faults.add(what + " " + status);
            }
            if (!status.isOk()) {
                refused.increment();
            }
            room.release();
        }

        @Override
        public void onMessage(byte[] answer) {
            super.onMessage(answer);
            if (isExecute && FAULTS.contains(code(answer))) {
                faults.add(what + " has a reply with a fault");
            }
        }
    }

    private static Status.Code code(byte[] reply) {
        try {
            return Status.fromCodeValue(Reply.parseFrom(reply).getFailed().getCode())
                    .getCode();
        } catch (InvalidProtocolBufferException e) {
            return Status.Code.INTERNAL;
        }
    }

    /** Nobody waits for who watches and is told nothing. */
    private static CallOptions deadline(MethodDescriptor<?, ?> method) {
        boolean isEndless = method.getType() == MethodType.SERVER_STREAMING;
        return CallOptions.DEFAULT.withDeadlineAfter(isEndless ? 2 : PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String shown(byte[][] sent) {
        List<String> shown = new ArrayList<>();
        for (byte[] message : sent) {
            String hex = HexFormat.of().formatHex(message);
            shown.add(hex.length() > 1_000 ? hex.substring(0, 1_000) + "… of " + message.length : hex);
        }
        return shown.toString();
    }
}
