package io.stockledger.api.security;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A gRPC call whose messages are whatever bytes somebody sends. A stream without an end is left at its first message. */
class BytesCall extends ClientCall.Listener<byte[]> {

    private static final int PATIENCE_SECONDS = 60;

    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private final ClientCall<byte[], byte[]> call;
    private final boolean isEndless;
    private boolean isLeft = true;

    BytesCall(Channel channel, MethodDescriptor<byte[], byte[]> method, CallOptions options) {
        this.call = channel.newCall(method, options);
        this.isEndless = method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING;
    }

    /** The method as it is, but for what its messages are made of. */
    static MethodDescriptor<byte[], byte[]> of(MethodDescriptor<?, ?> method) {
        return method.toBuilder(AsTheyAre.BYTES, AsTheyAre.BYTES)
                .setSchemaDescriptor(null)
                .build();
    }

    /** With an empty message where the method takes but one; a stream stays open. */
    BytesCall begin(String key) {
        isLeft = false;
        start(key);
        if (isEndless) {
            call.sendMessage(new byte[0]);
            call.halfClose();
        }
        return this;
    }

    BytesCall send(String key, byte[]... messages) {
        start(key);
        for (byte[] message : messages) {
            call.sendMessage(message);
        }
        call.halfClose();
        return this;
    }

    private void start(String key) {
        Metadata headers = new Metadata();
        if (!key.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
        }
        call.start(this, headers);
        call.request(1_000);
        call.setMessageCompression(true);
    }

    void cancel() {
        call.cancel("that is enough", null);
    }

    Status status() throws Exception {
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onMessage(byte[] answer) {
        if (isEndless && isLeft) {
            cancel();
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        ended.complete(status);
    }

    private enum AsTheyAre implements MethodDescriptor.Marshaller<byte[]> {
        BYTES;

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
}
