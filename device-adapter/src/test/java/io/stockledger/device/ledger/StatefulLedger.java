package io.stockledger.device.ledger;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.CatalogGrpc;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.CountLine;
import io.stockledger.v1.GetCatalogItemRequest;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordCount;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.ReturnLine;
import io.stockledger.v1.SaleLine;
import io.stockledger.v1.TransferLine;
import io.stockledger.v1.TransferStock;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The contract's promises in memory: a document id has one effect and one answer, a refusal is remembered, unknown
 * barcodes are refused. It can be told to lose answers, and to be away.
 */
public final class StatefulLedger implements AutoCloseable {

    public static final String KEY = "device-key-for-tests";

    private final Set<String> barcodes = ConcurrentHashMap.newKeySet();
    private final Map<String, Message> documents = new LinkedHashMap<>();
    private final Map<String, Object> answers = new HashMap<>();
    private final Map<String, BigDecimal> stock = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final Random random = new Random(7);

    private volatile double lostAnswers;
    private volatile Optional<Status> broken = Optional.empty();
    private volatile boolean frozen;
    private @Nullable Server server;

    /** Makes barcodes known. */
    public StatefulLedger knows(String... codes) {
        barcodes.addAll(List.of(codes));
        return this;
    }

    /** Share of commands that have their effect and no answer. */
    public void losesAnswers(double share) {
        lostAnswers = share;
    }

    /** Every call ends in this status, before any effect; empty to end that. */
    public void breaksWith(Optional<Status> status) {
        broken = status;
    }

    /** Takes calls and never answers them, as a process that was stopped. */
    public void freeze(boolean whether) {
        frozen = whether;
    }

    /** Starts listening; on the same port as before if it did before. */
    public synchronized StatefulLedger start(int port) throws IOException {
        server = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .addService(new Commands())
                .addService(new Questions())
                .intercept(new KeyCheck())
                .build()
                .start();
        return this;
    }

    public synchronized int port() {
        Server running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.getPort();
    }

    /** Goes away, as a machine does that is switched off. */
    public synchronized void stop() throws InterruptedException {
        Server running = server;
        if (running != null) {
            running.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    /** The document ids that had an effect or a refusal, in the order in which they first came. */
    public synchronized List<String> documents() {
        return List.copyOf(documents.keySet());
    }

    /** The ids of every command as it came, repetitions included. */
    public synchronized List<String> arrivals() {
        return List.copyOf(order);
    }

    public synchronized <T extends Message> T document(String id, Class<T> type) {
        Message found = documents.get(id);
        if (found == null) {
            throw new AssertionError("no document " + id + " among " + documents.keySet());
        }
        return type.cast(found);
    }

    /** Units of a barcode or SKU at a location. */
    public synchronized BigDecimal stock(String location, String item) {
        return stock.getOrDefault(location + "/" + item, BigDecimal.ZERO);
    }

    private static String item(ItemRef ref) {
        return ref.hasSku() ? ref.getSku() : ref.getBarcode();
    }

    private void move(String location, ItemRef item, String quantity, int sign) {
        stock.merge(
                location + "/" + item(item),
                new BigDecimal(quantity).multiply(BigDecimal.valueOf(sign)),
                BigDecimal::add);
    }

    private Optional<Refusal> unknown(ItemRef item) {
        return item.hasSku() || barcodes.contains(item.getBarcode())
                ? Optional.empty()
                : Optional.of(new Refusal("UNKNOWN_BARCODE", "Barcode '" + item.getBarcode() + "' names no item."));
    }

    private record Refusal(String reason, String message) {}

    private synchronized <T extends Message> void decide(
            String id, T command, StreamObserver<Accepted> observer, BiFunction<String, T, Optional<Refusal>> effect) {
        if (frozen) {
            return;
        }
        order.add(id);
        if (broken.isPresent()) {
            observer.onError(broken.get().asRuntimeException());
            return;
        }
        Message before = documents.putIfAbsent(id, command);
        if (before != null && !before.equals(command)) {
            refuse(observer, com.google.rpc.Code.ALREADY_EXISTS_VALUE, new Refusal("ID_REUSED", id));
            return;
        }
        if (before == null) {
            Optional<Refusal> refusal = effect.apply(id, command);
            answers.put(id, refusal.isPresent() ? refusal.get() : accepted(id, documents.size()));
        }
        if (random.nextDouble() < lostAnswers) {
            observer.onError(
                    Status.UNAVAILABLE.withDescription("the answer was lost").asRuntimeException());
            return;
        }
        Object answer = answers.get(id);
        if (answer instanceof Refusal refusal) {
            refuse(observer, com.google.rpc.Code.NOT_FOUND_VALUE, refusal);
        } else {
            observer.onNext(
                    ((Accepted) answer).toBuilder().setRepeated(before != null).build());
            observer.onCompleted();
        }
    }

    private static Accepted accepted(String id, long position) {
        return Accepted.newBuilder()
                .setDocument("test:" + id)
                .setPosition(position)
                .setRecordedAt(Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond()))
                .build();
    }

    private static void refuse(StreamObserver<?> observer, int code, Refusal refusal) {
        observer.onError(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code)
                .setMessage(refusal.message())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setDomain("stockledger")
                        .setReason(refusal.reason())
                        .build()))
                .build()));
    }

    private final class Commands extends LedgerGrpc.LedgerImplBase implements BindableService {
        @Override
        public void receiveGoods(ReceiveGoods request, StreamObserver<Accepted> observer) {
            decide(request.getDocumentId(), request, observer, (id, command) -> {
                if (command.getSupplier().isEmpty()
                        && command.getPurchaseOrder().isEmpty()) {
                    return Optional.of(new Refusal("INVALID_COMMAND", "supplier: missing, and no purchaseOrder"));
                }
                for (ReceiptLine line : command.getLinesList()) {
                    Optional<Refusal> unknown = unknown(line.getItem());
                    if (unknown.isPresent()) {
                        return unknown;
                    }
                    move(command.getLocation(), line.getItem(), line.getQuantity(), 1);
                }
                return Optional.empty();
            });
        }

        @Override
        public void recordSale(RecordSale request, StreamObserver<Accepted> observer) {
            decide(request.getDocumentId(), request, observer, (id, command) -> {
                for (SaleLine line : command.getLinesList()) {
                    Optional<Refusal> unknown = unknown(line.getItem());
                    if (unknown.isPresent()) {
                        return unknown;
                    }
                    move(command.getLocation(), line.getItem(), line.getQuantity(), -1);
                }
                return Optional.empty();
            });
        }

        @Override
        public void processReturn(ProcessReturn request, StreamObserver<Accepted> observer) {
            decide(request.getDocumentId(), request, observer, (id, command) -> {
                for (ReturnLine line : command.getLinesList()) {
                    move(command.getLocation(), line.getItem(), line.getQuantity(), 1);
                }
                return Optional.empty();
            });
        }

        @Override
        public void recordCount(RecordCount request, StreamObserver<Accepted> observer) {
            decide(request.getDocumentId(), request, observer, (id, command) -> {
                for (CountLine line : command.getLinesList()) {
                    stock.put(command.getLocation() + "/" + item(line.getItem()), new BigDecimal(line.getQuantity()));
                }
                return Optional.empty();
            });
        }

        @Override
        public void transferStock(TransferStock request, StreamObserver<Accepted> observer) {
            decide(request.getDocumentId(), request, observer, (id, command) -> {
                for (TransferLine line : command.getLinesList()) {
                    move(command.getFromLocation(), line.getItem(), line.getQuantity(), -1);
                    move(command.getToLocation(), line.getItem(), line.getQuantity(), 1);
                }
                return Optional.empty();
            });
        }
    }

    private final class Questions extends CatalogGrpc.CatalogImplBase {
        @Override
        public void getItem(GetCatalogItemRequest request, StreamObserver<CatalogItem> observer) {
            ItemRef ref = ItemRef.newBuilder().setBarcode(request.getBarcode()).build();
            Optional<Refusal> unknown = unknown(ref);
            if (broken.isPresent()) {
                observer.onError(broken.get().asRuntimeException());
            } else if (unknown.isPresent()) {
                refuse(observer, com.google.rpc.Code.NOT_FOUND_VALUE, unknown.get());
            } else {
                observer.onNext(
                        CatalogItem.newBuilder().setSku(request.getBarcode()).build());
                observer.onCompleted();
            }
        }
    }

    private static final class KeyCheck implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String given = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
            if (!("Bearer " + KEY).equals(given)) {
                call.close(Status.UNAUTHENTICATED.withDescription("key: " + given), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }
}
