package io.stockledger.api.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.contract.Contract;
import io.stockledger.api.gate.Answers;
import io.stockledger.api.gate.AvailabilityWatches;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.gate.FactFollowing;
import io.stockledger.api.gate.PipelinedCommands;
import io.stockledger.api.security.Login;
import io.stockledger.v1.AvailabilityChange;
import io.stockledger.v1.AvailabilityGrpc;
import io.stockledger.v1.Command;
import io.stockledger.v1.FactsRead;
import io.stockledger.v1.FollowFactsRequest;
import io.stockledger.v1.HistoryGrpc;
import io.stockledger.v1.LedgerGrpc;
import io.stockledger.v1.Reply;
import io.stockledger.v1.WatchRequest;
import java.util.List;

/** Every service of the contract over gRPC, made from the contract. No thread waits for an answer. */
public final class ContractServices {

    private final Answers answers;
    private final CommandGate commands;
    private final AvailabilityWatches watches;
    private final FactFollowing following;

    public ContractServices(
            Answers answers, CommandGate commands, AvailabilityWatches watches, FactFollowing following) {
        this.answers = answers;
        this.commands = commands;
        this.watches = watches;
        this.following = following;
    }

    List<ServerServiceDefinition> all() {
        return Contract.services().stream().map(this::service).toList();
    }

    private ServerServiceDefinition service(ServiceDescriptor service) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
        service.getMethods().forEach(method -> add(definition, method));
        return definition.build();
    }

    private <Q, A> void add(ServerServiceDefinition.Builder definition, MethodDescriptor<Q, A> method) {
        if (method.equals(LedgerGrpc.getExecuteMethod())) {
            definition.addMethod(LedgerGrpc.getExecuteMethod(), ServerCalls.asyncBidiStreamingCall(this::execute));
        } else if (method.equals(AvailabilityGrpc.getWatchAvailabilityMethod())) {
            definition.addMethod(
                    AvailabilityGrpc.getWatchAvailabilityMethod(), ServerCalls.asyncServerStreamingCall(this::watch));
        } else if (method.equals(HistoryGrpc.getFollowFactsMethod())) {
            definition.addMethod(
                    HistoryGrpc.getFollowFactsMethod(), ServerCalls.asyncServerStreamingCall(this::follow));
        } else {
            definition.addMethod(method, unary(method));
        }
    }

    @SuppressWarnings("unchecked") // the contract's messages are messages
    private <Q, A> ServerCallHandler<Q, A> unary(MethodDescriptor<Q, A> method) {
        Answers.Answering answering = answers.of(Contract.method(method));
        return ServerCalls.asyncUnaryCall((message, answer) -> Replies.give(
                (StreamObserver<Message>) answer, answering.answer((Message) message, CallerInterceptor.asker())));
    }

    private StreamObserver<Command> execute(StreamObserver<Reply> replies) {
        return CommandStream.open(
                new PipelinedCommands(commands, CallerInterceptor.asker()), (ServerCallStreamObserver<Reply>) replies);
    }

    private void watch(WatchRequest request, StreamObserver<AvailabilityChange> changes) {
        Login login = CallerInterceptor.asker().login();
        GrpcSubscription.open(
                (ServerCallStreamObserver<AvailabilityChange>) changes, sink -> watches.open(request, login, sink));
    }

    private void follow(FollowFactsRequest request, StreamObserver<FactsRead> facts) {
        Login login = CallerInterceptor.asker().login();
        GrpcSubscription.open(
                (ServerCallStreamObserver<FactsRead>) facts, sink -> following.open(request, login, sink));
    }
}
