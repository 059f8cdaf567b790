package io.stockledger.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.stockledger.v1.ReserveStock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Talks HTTP/1.1 to the service, each client over a kept connection of its own. It is lean, because on a small machine
 * the JDK's client takes more of the processor than the service that it measures.
 */
public final class RestClient implements AutoCloseable {

    private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final URI base;
    private final String authorization;

    /** @param base for example {@code http://127.0.0.1:8080} */
    public RestClient(String base, String key) {
        this.base = URI.create(base);
        this.authorization = "Bearer " + key;
    }

    /** A client that makes one reservation at a time. */
    public ClosedLoop.Client reserving(Supplier<ReserveStock> reservations) {
        return new Connection(() -> request(HttpMethod.POST, "/v1/reservations", json(reservations.get())));
    }

    /** A client that asks one question at a time. */
    public ClosedLoop.Client asking(Supplier<String> paths) {
        return new Connection(() -> request(HttpMethod.GET, paths.get(), ""));
    }

    private FullHttpRequest request(HttpMethod method, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(bytes));
        request.headers()
                .set(HttpHeaderNames.HOST, base.getAuthority())
                .set(HttpHeaderNames.AUTHORIZATION, authorization);
        if (bytes.length > 0) {
            request.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        }
        return request;
    }

    private static String json(ReserveStock reservation) {
        return "{\"documentId\":\"" + reservation.getDocumentId() + "\",\"channel\":\"" + reservation.getChannel()
                + "\",\"location\":\"" + reservation.getLocation()
                + "\",\"timeToLive\":\"PT15M\",\"lines\":[{\"item\":{\"sku\":\""
                + reservation.getLines(0).getItem().getSku() + "\"},\"quantity\":\""
                + reservation.getLines(0).getQuantity() + "\"}]}";
    }

    /** One client: a request goes out when the answer before it is there. All of it runs on the one thread. */
    private final class Connection extends SimpleChannelInboundHandler<HttpObject> implements ClosedLoop.Client {

        private final Supplier<FullHttpRequest> requests;
        private ClosedLoop.@Nullable Answered waiting;
        private @Nullable Channel channel;
        private boolean well;
        private boolean keepsOpen;

        Connection(Supplier<FullHttpRequest> requests) {
            this.requests = requests;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void send(ClosedLoop.Answered answered) {
            FullHttpRequest request = requests.get();
            thread.execute(() -> {
                waiting = answered;
                Channel open = channel;
                if (open != null && open.isActive()) {
                    write(open, request);
                } else {
                    ChannelFuture connecting = new Bootstrap()
                            .group(thread)
                            .channel(NioSocketChannel.class)
                            .option(ChannelOption.TCP_NODELAY, true)
                            .handler(new ChannelInitializer<>() {
                                @Override
                                protected void initChannel(Channel made) {
                                    made.pipeline().addLast(new HttpClientCodec(), Connection.this);
                                }
                            })
                            .connect(base.getHost(), base.getPort());
                    connecting.addListener(done -> {
                        if (done.isSuccess()) {
                            channel = connecting.channel();
                            write(connecting.channel(), request);
                        } else {
                            end(false);
                        }
                    });
                }
            });
        }

        private void write(Channel open, FullHttpRequest request) {
            open.writeAndFlush(request).addListener(done -> {
                if (!done.isSuccess()) {
                    end(false);
                }
            });
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpResponse response) {
                well = response.status().codeClass() == HttpStatusClass.SUCCESS;
                keepsOpen = HttpUtil.isKeepAlive(response);
            }
            if (part instanceof LastHttpContent) {
                if (!keepsOpen) {
                    channel = null;
                    var unused = context.close();
                }
                end(well);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            // One that was closed on purpose is no longer the client's own.
            if (context.channel().equals(channel)) {
                end(false);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            var unused = context.close();
        }

        private void end(boolean accepted) {
            ClosedLoop.Answered answered = waiting;
            waiting = null;
            if (answered != null) {
                answered.answered(accepted);
            }
        }
    }

    @Override
    public void close() {
        var unused = thread.shutdownGracefully();
    }
}
