package io.stockledger.api.grpc;

import com.google.protobuf.Message;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.stockledger.api.gate.CommandGate;
import io.stockledger.api.wire.CommandWire;
import io.stockledger.api.wire.CommandWires;
import io.stockledger.v1.Accepted;
import io.stockledger.v1.AdjustStock;
import io.stockledger.v1.ReclassifyStock;
import io.stockledger.v1.Command;
import io.stockledger.v1.ConfirmReservation;
import io.stockledger.v1.OpenLocation;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordCount;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.RegisterItem;
import io.stockledger.v1.ReleaseReservation;
import io.stockledger.v1.Reply;
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.SetChannelProtection;
import io.stockledger.v1.SetSafetyStock;
import io.stockledger.v1.TransferStock;

/** Commands over gRPC. No thread waits for an answer. */
final class LedgerGrpc extends io.stockledger.v1.LedgerGrpc.LedgerImplBase {

    private final CommandGate gate;

    LedgerGrpc(CommandGate gate) {
        this.gate = gate;
    }

    @Override
    public void reserveStock(ReserveStock message, StreamObserver<Accepted> answer) {
        send(CommandWires.RESERVE_STOCK, message, answer);
    }

    @Override
    public void releaseReservation(ReleaseReservation message, StreamObserver<Accepted> answer) {
        send(CommandWires.RELEASE_RESERVATION, message, answer);
    }

    @Override
    public void confirmReservation(ConfirmReservation message, StreamObserver<Accepted> answer) {
        send(CommandWires.CONFIRM_RESERVATION, message, answer);
    }

    @Override
    public void recordSale(RecordSale message, StreamObserver<Accepted> answer) {
        send(CommandWires.RECORD_SALE, message, answer);
    }

    @Override
    public void receiveGoods(ReceiveGoods message, StreamObserver<Accepted> answer) {
        send(CommandWires.RECEIVE_GOODS, message, answer);
    }

    @Override
    public void processReturn(ProcessReturn message, StreamObserver<Accepted> answer) {
        send(CommandWires.PROCESS_RETURN, message, answer);
    }

    @Override
    public void adjustStock(AdjustStock message, StreamObserver<Accepted> answer) {
        send(CommandWires.ADJUST_STOCK, message, answer);
    }

    @Override
    public void recordCount(RecordCount message, StreamObserver<Accepted> answer) {
        send(CommandWires.RECORD_COUNT, message, answer);
    }

    @Override
    public void transferStock(TransferStock message, StreamObserver<Accepted> answer) {
        send(CommandWires.TRANSFER_STOCK, message, answer);
    }

    @Override
    public void reclassifyStock(ReclassifyStock message, StreamObserver<Accepted> answer) {
        send(CommandWires.RECLASSIFY_STOCK, message, answer);
    }

    @Override
    public void setSafetyStock(SetSafetyStock message, StreamObserver<Accepted> answer) {
        send(CommandWires.SET_SAFETY_STOCK, message, answer);
    }

    @Override
    public void setChannelProtection(SetChannelProtection message, StreamObserver<Accepted> answer) {
        send(CommandWires.SET_CHANNEL_PROTECTION, message, answer);
    }

    @Override
    public void registerItem(RegisterItem message, StreamObserver<Accepted> answer) {
        send(CommandWires.REGISTER_ITEM, message, answer);
    }

    @Override
    public void openLocation(OpenLocation message, StreamObserver<Accepted> answer) {
        send(CommandWires.OPEN_LOCATION, message, answer);
    }

    @Override
    public StreamObserver<Command> execute(StreamObserver<Reply> replies) {
        return CommandStream.open(gate, CallerInterceptor.caller(), (ServerCallStreamObserver<Reply>) replies);
    }

    private <M extends Message> void send(CommandWire<M> wire, M message, StreamObserver<Accepted> answer) {
        Replies.give(answer, gate.send(wire, message, CallerInterceptor.caller()));
    }
}
