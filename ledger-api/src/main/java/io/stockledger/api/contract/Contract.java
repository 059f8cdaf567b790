package io.stockledger.api.contract;

import com.google.protobuf.Descriptors.Descriptor;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.CatalogGrpc;
import io.stockledger.v1.DocumentsGrpc;
import io.stockledger.v1.EnrolmentGrpc;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.SecurityLogGrpc;
import io.stockledger.v1.WebhooksGrpc;
import java.util.List;

/** Every method that the service offers on both wires. What both wires do with one is made from this list. */
public final class Contract {

    private static final List<ServiceDescriptor> SERVICES = List.of(
            LedgerGrpc.getServiceDescriptor(),
            AvailabilityGrpc.getServiceDescriptor(),
            CatalogGrpc.getServiceDescriptor(),
            DocumentsGrpc.getServiceDescriptor(),
            HistoryGrpc.getServiceDescriptor(),
            EnrolmentGrpc.getServiceDescriptor(),
            WebhooksGrpc.getServiceDescriptor(),
            SecurityLogGrpc.getServiceDescriptor());

    private static final List<ContractMethod> METHODS = SERVICES.stream()
            .flatMap(service -> service.getMethods().stream())
            .map(ContractMethod::of)
            .toList();

    private Contract() {}

    public static List<ServiceDescriptor> services() {
        return SERVICES;
    }

    /** In the order of the .proto files. */
    public static List<ContractMethod> methods() {
        return METHODS;
    }

    public static ContractMethod method(MethodDescriptor<?, ?> method) {
        return METHODS.stream()
                .filter(known -> known.fullName().equals(method.getFullMethodName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        method.getFullMethodName() + " (expected: a method of the contract)"));
    }

    /** The method that takes a command as its message. */
    public static ContractMethod ofCommand(Descriptor message) {
        return METHODS.stream()
                .filter(known ->
                        known.isCommand() && known.descriptor().getInputType().equals(message))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        message.getFullName() + " (expected: a command that a method of service Ledger takes)"));
    }
}
