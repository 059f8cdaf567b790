package io.stockledger.api.client;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to a ledger's gRPC port. It is made when first used, and made again when it was lost. */
public final class Connection implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int SHUTDOWN_SECONDS = 5;

    private final ManagedChannel plain;
    private final Channel channel;

    private Connection(ManagedChannel plain, Channel channel) {
        this.plain = plain;
        this.channel = channel;
    }

    /**
     * @param address host and port, for example {@code 127.0.0.1:9090}
     * @param apiKey null: no credentials are shown
     * @param credentials whether and how the port speaks TLS
     */
    public static Connection to(String address, @Nullable String apiKey, ChannelCredentials credentials) {
        return over(Grpc.newChannelBuilder(address, credentials).build(), apiKey);
    }

    /** Over a channel that somebody else made; it is closed with the connection. */
    static Connection over(ManagedChannel plain, @Nullable String apiKey) {
        if (apiKey == null || apiKey.isEmpty()) {
            return new Connection(plain, plain);
        }
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + apiKey);
        return new Connection(
                plain, ClientInterceptors.intercept(plain, MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    public Channel channel() {
        return channel;
    }

    /** Does not wait any longer before it tries to connect, which after many failures would be minutes. */
    void reconnectNow() {
        plain.resetConnectBackoff();
    }

    @Override
    public void close() throws InterruptedException {
        plain.shutdown();
        if (!plain.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
            plain.shutdownNow();
        }
    }
}
