package io.stockledger.api.contract;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.Operation;
import io.stockledger.v1.Options;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One method of the contract.
 *
 * @param wire as gRPC serves it
 * @param descriptor as its .proto file describes it
 * @param routes where REST has it, in the order of the .proto file; empty when it has not
 */
public record ContractMethod(MethodDescriptor<?, ?> wire, Descriptors.MethodDescriptor descriptor, List<Route> routes) {

    public ContractMethod {
        routes = List.copyOf(routes);
    }

    static ContractMethod of(MethodDescriptor<?, ?> wire) {
        Object schema = Objects.requireNonNull(wire.getSchemaDescriptor(), wire.getFullMethodName());
        Descriptors.MethodDescriptor descriptor = ((ProtoMethodDescriptorSupplier) schema).getMethodDescriptor();
        HttpRule http = descriptor.getOptions().getExtension(AnnotationsProto.http);
        List<Route> routes = Stream.concat(Stream.of(http), http.getAdditionalBindingsList().stream())
                .filter(rule -> rule.getPatternCase() != HttpRule.PatternCase.PATTERN_NOT_SET)
                .map(rule -> Route.of(rule, descriptor.getInputType()))
                .toList();
        return new ContractMethod(wire, descriptor, routes);
    }

    /** For example {@code RecordSale}; no two methods of the contract share one. */
    public String name() {
        return descriptor.getName();
    }

    /** For example {@code stockledger.v1.Ledger/RecordSale}. */
    public String fullName() {
        return wire.getFullMethodName();
    }

    public Operation operation() {
        return descriptor.getOptions().getExtension(Options.operation);
    }

    /** Whether it takes one message and gives one. */
    public boolean isUnary() {
        return wire.getType() == MethodDescriptor.MethodType.UNARY;
    }

    /** Whether its message is a command to the ledger. */
    public boolean isCommand() {
        return isUnary() && descriptor.getOutputType().equals(Accepted.getDescriptor());
    }

    /** The default instance of the message that it takes. */
    public Message empty() {
        return (Message)
                Objects.requireNonNull(((PrototypeMarshaller<?>) wire.getRequestMarshaller()).getMessagePrototype());
    }

    @Override
    public String toString() {
        return fullName();
    }
}
