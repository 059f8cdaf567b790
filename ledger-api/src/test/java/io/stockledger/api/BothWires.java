package io.stockledger.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.wire.JsonForm;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.Refusal;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Sends one and the same command over either wire, and gives what came back in one form. */
public final class BothWires {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final RunningLedger service;
    private final String key;

    public BothWires(RunningLedger service, String key) {
        this.service = service;
        this.key = key;
    }

    /**
     * What a caller was told, whichever wire told it.
     *
     * @param accepted the answer; empty when refused
     * @param reason empty when accepted
     */
    public record Told(
            Optional<Accepted> accepted,
            String reason,
            String message,
            Map<String, String> values,
            List<String> lines,
            int status) {

        /** Without what may differ from one sending to the next. */
        public Told comparable() {
            return new Told(
                    accepted.map(answer -> answer.toBuilder()
                            .clearPosition()
                            .clearRecordedAt()
                            .clearEndsAt()
                            .build()),
                    reason,
                    message,
                    values,
                    lines,
                    0);
        }
    }

    public Told overRest(Message command) {
        return overRest(command, JsonForm.write(command));
    }

    /** @param json another form of the same command */
    public Told overRest(Message command, byte[] json) {
        RunningLedger.Answer answer = service.send(service.request(path(command), key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build());
        if (answer.status() == 200) {
            Accepted accepted =
                    JsonForm.read(answer.body().getBytes(StandardCharsets.UTF_8), Accepted.getDefaultInstance());
            return new Told(Optional.of(accepted), "", "", Map.of(), List.of(), 200);
        }
        JsonNode problem = answer.json();
        Map<String, String> values = new TreeMap<>();
        problem.get("values")
                .propertyStream()
                .forEach(value -> values.put(value.getKey(), value.getValue().asString()));
        List<String> lines = problem.get("lines")
                .valueStream()
                .map(line ->
                        line.get("sku").asString() + "@" + line.get("location").asString() + " "
                                + line.get("requested").asString() + "/"
                                + line.get("available").asString())
                .toList();
        return new Told(
                Optional.empty(),
                problem.get("reason").asString(),
                problem.get("detail").asString(),
                values,
                lines,
                answer.status());
    }

    /** Where a command is posted. */
    private static String path(Message command) {
        String path = Contract.ofCommand(command.getDescriptorForType())
                .routes()
                .get(0)
                .path();
        for (FieldDescriptor field : command.getDescriptorForType().getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated()) {
                path = path.replace("{" + field.getJsonName() + "}", (String) command.getField(field));
            }
        }
        return path;
    }

    public Told overGrpc(Message command) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + key);
        MethodDescriptor<Message, Accepted> method = method(command);
        try {
            Accepted accepted = ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(service.channel(), MetadataUtils.newAttachHeadersInterceptor(headers)),
                    method,
                    CallOptions.DEFAULT,
                    command);
            return new Told(Optional.of(accepted), "", "", Map.of(), List.of(), 0);
        } catch (StatusRuntimeException e) {
            return told(e);
        }
    }

    private static Told told(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        try {
            ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
            Refusal refusal = status.getDetails(1).unpack(Refusal.class);
            if (!info.getDomain().equals("stockledger") || !info.getReason().equals(refusal.getReason())) {
                throw new AssertionError("ErrorInfo and Refusal differ: " + status);
            }
            List<String> lines = refusal.getLinesList().stream()
                    .map(line -> line.getSku() + "@" + line.getLocation() + " " + line.getRequested() + "/"
                            + line.getAvailable())
                    .toList();
            return new Told(
                    Optional.empty(),
                    info.getReason(),
                    status.getMessage(),
                    new TreeMap<>(refusal.getValuesMap()),
                    lines,
                    Status.fromThrowable(failure).getCode().value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static MethodDescriptor<Message, Accepted> method(Message command) {
        return MethodDescriptor.<Message, Accepted>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(
                        LedgerGrpc.SERVICE_NAME, command.getDescriptorForType().getName()))
                .setRequestMarshaller(ProtoUtils.marshaller(command.getDefaultInstanceForType()))
                .setResponseMarshaller(ProtoUtils.marshaller(Accepted.getDefaultInstance()))
                .build();
    }
}
