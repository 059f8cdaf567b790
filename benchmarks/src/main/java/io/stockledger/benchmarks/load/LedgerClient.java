package io.stockledger.benchmarks.load;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.stockledger.v1.Command;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Talks gRPC to the service as cheaply as can be: one thread for all connections, no thread per call. */
public final class LedgerClient implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final String key;

    /** @param connections over which calls are spread */
    public LedgerClient(int port, String key, int connections) {
        this.key = key;
        for (int i = 0; i < connections; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .eventLoopGroup(thread)
                    .channelType(NioSocketChannel.class)
                    .withOption(ChannelOption.TCP_NODELAY, true)
                    .directExecutor()
                    .build());
        }
    }

    /** A client that makes one call at a time. */
    public <Q, A> ClosedLoop.Client unary(int connection, MethodDescriptor<Q, A> method, Supplier<Q> requests) {
        ManagedChannel channel = channels.get(connection % channels.size());
        return answered ->
                call(channel, method, requests.get(), (answer, status, trailers) -> answered.answered(answer != null));
    }

    /** One call over the first connection. */
    public <Q, A> void call(MethodDescriptor<Q, A> method, Q request, Done<A> done) {
        call(channels.get(0), method, request, done);
    }

    private <Q, A> void call(ManagedChannel channel, MethodDescriptor<Q, A> method, Q request, Done<A> done) {
        ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS));
        call.start(
                new ClientCall.Listener<>() {
                    private @Nullable A answer;

                    @Override
                    public void onMessage(A message) {
                        answer = message;
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        done.done(status.isOk() ? answer : null, status, trailers);
                    }
                },
                headers());
        call.request(2);
        call.sendMessage(request);
        call.halfClose();
    }

    /** One stream of commands, over which any number of clients may send. */
    public CommandStream stream(int connection) {
        return new CommandStream(channels.get(connection % channels.size()));
    }

    /** Sends all commands over one stream, some hundreds at a time, and throws when one is not accepted. */
    public void sendAll(Iterable<Command> commands) throws InterruptedException {
        Semaphore room = new Semaphore(512);
        Queue<Reply> failed = new ArrayDeque<>();
        try (CommandStream stream = stream(0)) {
            for (Command command : commands) {
                room.acquire();
                stream.send(command, reply -> {
                    if (reply == null || !reply.hasAccepted()) {
                        failed.add(reply == null ? Reply.getDefaultInstance() : reply);
                    }
                    room.release();
                });
            }
            room.acquire(512);
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException(failed.size() + " commands were not accepted, first: "
                    + failed.peek().getFailed());
        }
    }

    private Metadata headers() {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key);
        return headers;
    }

    @Override
    public void close() throws InterruptedException {
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        }
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(2, TimeUnit.SECONDS);
    }

    /** A stream of commands and its replies. */
    public final class CommandStream implements AutoCloseable {

        private final ClientCall<Command, Reply> call;
        private final ConcurrentHashMap<Long, ReplyTo> waiting = new ConcurrentHashMap<>();
        private final AtomicLong tags = new AtomicLong();
        private final CompletableFuture<Status> closed = new CompletableFuture<>();

        private CommandStream(ManagedChannel channel) {
            call = channel.newCall(LedgerGrpc.getExecuteMethod(), CallOptions.DEFAULT);
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onMessage(Reply reply) {
                            call.request(1);
                            ReplyTo to = waiting.remove(reply.getTag());
                            if (to != null) {
                                to.reply(reply);
                            }
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            closed.complete(status);
                            waiting.values().forEach(to -> to.reply(null));
                            waiting.clear();
                        }
                    },
                    headers());
            call.request(1_024);
        }

        /** The reply comes on the client's one thread; null when the stream broke before. */
        public synchronized void send(Command command, ReplyTo to) {
            long tag = tags.incrementAndGet();
            waiting.put(tag, to);
            call.sendMessage(command.toBuilder().setTag(tag).build());
            if (closed.isDone() && waiting.remove(tag) != null) {
                to.reply(null);
            }
        }

        /** A client that has one command at a time on this stream. */
        public ClosedLoop.Client client(Supplier<Command> commands) {
            return answered -> send(commands.get(), reply -> answered.answered(reply != null && reply.hasAccepted()));
        }

        @Override
        public synchronized void close() {
            call.halfClose();
            closed.orTimeout(5, TimeUnit.SECONDS)
                    .handle((status, late) -> status)
                    .join();
        }
    }

    /** Is told how a call ended. */
    @FunctionalInterface
    public interface Done<A> {
        /** @param answer null unless the status is OK */
        void done(@Nullable A answer, Status status, Metadata trailers);
    }

    /** Takes a reply. */
    @FunctionalInterface
    public interface ReplyTo {
        void reply(@Nullable Reply reply);
    }
}
