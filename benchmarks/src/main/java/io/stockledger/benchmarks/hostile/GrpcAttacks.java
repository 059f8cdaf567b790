package io.stockledger.benchmarks.hostile;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.EnrolmentGrpc;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.LedgerGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What can be done over gRPC. */
final class GrpcAttacks implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int IDLE_CONNECTIONS = 200;
    private static final int STREAMS = 300;
    private static final int CAP = 1024 * 1024;
    private static final int PATIENCE_SECONDS = 20;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final int port;
    private final String thief;
    private final List<ManagedChannel> channels = new ArrayList<>();

    /** @param thief a key that somebody has found, with the rights of a device */
    GrpcAttacks(int port, String thief) {
        this.port = port;
        this.thief = thief;
        for (int i = 0; i < CONNECTIONS; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .directExecutor()
                    .build());
        }
    }

    List<Attack> all() {
        byte[] atTheCap = large(CAP - 1_000);
        MethodDescriptor<?, ?> sale = LedgerGrpc.getRecordSaleMethod();
        return List.of(
                new Attack(
                        "health watched",
                        2,
                        200,
                        () -> call(bytes("grpc.health.v1.Health/Watch"), "", large(3_900_000))),
                new Attack("messages at the cap", 2, 200, () -> call(bytes(sale.getFullMethodName()), thief, atTheCap)),
                new Attack(
                        "messages above the cap",
                        2,
                        200,
                        () -> call(bytes(sale.getFullMethodName()), thief, large(CAP + 1))),
                new Attack(
                        "bytes that are no message",
                        2,
                        10,
                        () -> call(bytes(sale.getFullMethodName()), thief, noise(200))),
                new Attack(
                        "gRPC keys guessed",
                        2,
                        20,
                        () -> call(bytes(sale.getFullMethodName()), "slk_" + key(), noise(20))),
                new Attack(
                        "gRPC codes guessed",
                        1,
                        50,
                        () -> call(bytes(EnrolmentGrpc.getEnrolMethod().getFullMethodName()), "", noise(20))),
                new Attack(
                        "watches of one key", 1, 0, () -> streams(AvailabilityGrpc.getWatchAvailabilityMethod(), true)),
                new Attack("followers of one key", 1, 0, () -> streams(HistoryGrpc.getFollowFactsMethod(), true)),
                new Attack("streams of one key", 1, 0, () -> streams(LedgerGrpc.getExecuteMethod(), false)),
                new Attack("calls without an end", 1, 0, () -> streams(sale, false)),
                new Attack("idle connections", 1, 0, this::connections));
    }

    private void call(MethodDescriptor<byte[], byte[]> method, String key, byte[] message)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Status> ended = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call = begun(any(), method, key, ended);
        call.sendMessage(message);
        call.halfClose();
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Many that stay open, over all connections. */
    private void streams(MethodDescriptor<?, ?> method, boolean send) throws InterruptedException {
        List<ClientCall<byte[], byte[]>> open = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                ClientCall<byte[], byte[]> call = begun(
                        channels.get(i % CONNECTIONS),
                        bytes(method.getFullMethodName()),
                        thief,
                        new CompletableFuture<>());
                if (send) {
                    call.sendMessage(new byte[0]);
                    call.halfClose();
                }
                open.add(call);
            }
            TimeUnit.SECONDS.sleep(5);
        } finally {
            open.forEach(call -> call.cancel("enough", null));
        }
    }

    private void connections() throws IOException, InterruptedException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            TimeUnit.SECONDS.sleep(5);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private static ClientCall<byte[], byte[]> begun(
            ManagedChannel channel,
            MethodDescriptor<byte[], byte[]> method,
            String key,
            CompletableFuture<Status> ended) {
        ClientCall<byte[], byte[]> call = channel.newCall(method, CallOptions.DEFAULT);
        Metadata headers = new Metadata();
        if (!key.isEmpty()) {
            headers.put(AUTHORIZATION, "Bearer " + key);
        }
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                headers);
        call.request(Integer.MAX_VALUE);
        return call;
    }

    private ManagedChannel any() {
        return channels.get(ThreadLocalRandom.current().nextInt(CONNECTIONS));
    }

    /** One field that no message has. */
    private static byte[] large(int length) {
        byte[] message = new byte[length];
        for (int i = 0; i + 1 < length; i += 2) {
            message[i] = 0x78;
        }
        return message;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        ThreadLocalRandom.current().nextBytes(noise);
        return noise;
    }

    private static String key() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }

    /** A stream both ways, which sends as many messages as it likes, or none. */
    private static MethodDescriptor<byte[], byte[]> bytes(String method) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(method)
                .setRequestMarshaller(new AsTheyAre())
                .setResponseMarshaller(new AsTheyAre())
                .build();
    }

    private record AsTheyAre() implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream bytes) {
            try {
                return bytes.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
