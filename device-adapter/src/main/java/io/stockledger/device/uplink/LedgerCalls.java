package io.stockledger.device.uplink;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.CatalogGrpc;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.Command;
import io.stockledger.v1.GetCatalogItemRequest;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.LedgerGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Single calls to the ledger. Never throws for what the other side or the network does: that is an {@link Answer}. */
public final class LedgerCalls {

    /** The domain of the ledger's refusals. What carries another one is not a decision of the ledger. */
    private static final String DOMAIN = "stockledger";

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final LedgerGrpc.LedgerFutureStub ledger;
    private final CatalogGrpc.CatalogFutureStub catalog;
    private final Duration deadline;

    /** @param apiKey empty for a ledger that asks for none */
    public LedgerCalls(Channel channel, String apiKey, Duration deadline) {
        Channel keyed = apiKey.isEmpty() ? channel : ClientInterceptors.intercept(channel, withKey(apiKey));
        this.ledger = LedgerGrpc.newFutureStub(keyed);
        this.catalog = CatalogGrpc.newFutureStub(keyed);
        this.deadline = deadline;
    }

    private static io.grpc.ClientInterceptor withKey(String apiKey) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + apiKey);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    /** Sends a command that scans can become. */
    CompletableFuture<Answer> send(Command command) {
        LedgerGrpc.LedgerFutureStub stub = ledger.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
        ListenableFuture<Accepted> call = switch (command.getCommandCase()) {
            case RECEIVE_GOODS -> stub.receiveGoods(command.getReceiveGoods());
            case RECORD_SALE -> stub.recordSale(command.getRecordSale());
            case PROCESS_RETURN -> stub.processReturn(command.getProcessReturn());
            case RECORD_COUNT -> stub.recordCount(command.getRecordCount());
            case TRANSFER_STOCK -> stub.transferStock(command.getTransferStock());
            default ->
                throw new IllegalArgumentException(
                        "command: " + command.getCommandCase() + " (expected: one that a scan can become)");
        };
        return answer(
                call,
                accepted -> new Answer.Accepted(
                        accepted.getDocument() + (accepted.getRepeated() ? " (again)" : ""),
                        accepted.hasRecordedAt()
                                ? Optional.of(Instant.ofEpochSecond(
                                        accepted.getRecordedAt().getSeconds(),
                                        accepted.getRecordedAt().getNanos()))
                                : Optional.empty()));
    }

    /** Asks which item a code stands for. */
    CompletableFuture<Answer> ask(ItemRef item) {
        GetCatalogItemRequest request = item.hasSku()
                ? GetCatalogItemRequest.newBuilder().setSku(item.getSku()).build()
                : GetCatalogItemRequest.newBuilder()
                        .setBarcode(item.getBarcode())
                        .build();
        ListenableFuture<CatalogItem> call = catalog.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .getItem(request);
        return answer(call, known -> new Answer.Accepted(known.getSku() + " " + known.getName(), Optional.empty()));
    }

    private static <T> CompletableFuture<Answer> answer(ListenableFuture<T> call, Function<T, Answer> good) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Futures.addCallback(
                call,
                new FutureCallback<T>() {
                    @Override
                    public void onSuccess(@Nullable T result) {
                        answer.complete(good.apply(Objects.requireNonNull(result)));
                    }

                    @Override
                    public void onFailure(Throwable problem) {
                        answer.complete(LedgerCalls.answerOf(problem));
                    }
                },
                MoreExecutors.directExecutor());
        return answer;
    }

    /**
     * Only a status that the ledger itself signed with a reason is a decision. A bare NOT_FOUND may come from a proxy,
     * and taking it for one would lose the read.
     */
    static Answer answerOf(Throwable problem) {
        Status status = Status.fromThrowable(problem);
        com.google.rpc.Status details = StatusProto.fromThrowable(problem);
        String reason = "";
        long retryAfter = 0;
        if (details != null) {
            try {
                for (com.google.protobuf.Any detail : details.getDetailsList()) {
                    if (detail.is(ErrorInfo.class)
                            && detail.unpack(ErrorInfo.class).getDomain().equals(DOMAIN)) {
                        reason = detail.unpack(ErrorInfo.class).getReason();
                    } else if (detail.is(RetryInfo.class)) {
                        retryAfter = millisOf(detail.unpack(RetryInfo.class).getRetryDelay());
                    }
                }
            } catch (InvalidProtocolBufferException e) {
                return new Answer.None("unreadable details of " + status, 0, Answer.Kind.FAULT);
            }
        }
        String message = status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return switch (status.getCode()) {
            case NOT_FOUND, FAILED_PRECONDITION, INVALID_ARGUMENT, ALREADY_EXISTS, OUT_OF_RANGE, PERMISSION_DENIED ->
                reason.isEmpty()
                        ? new Answer.None(
                                status.getCode() + " without the ledger's reason: " + message,
                                retryAfter,
                                Answer.Kind.NOT_LET_IN)
                        : new Answer.Refused(reason, message);
            case UNAUTHENTICATED, UNIMPLEMENTED ->
                new Answer.None(status.getCode() + ": " + message, retryAfter, Answer.Kind.NOT_LET_IN);
            case INTERNAL, UNKNOWN, DATA_LOSS ->
                new Answer.None(status.getCode() + ": " + message, retryAfter, Answer.Kind.FAULT);
            default -> new Answer.None(status.getCode() + ": " + message, retryAfter, Answer.Kind.AWAY);
        };
    }

    private static long millisOf(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos()).toMillis();
    }
}
