package io.stockledger.device.scan;

import com.google.protobuf.Timestamp;
import io.stockledger.v1.Command;
import io.stockledger.v1.CountLine;
import io.stockledger.v1.ItemRef;
import io.stockledger.v1.Occasion;
import io.stockledger.v1.ProcessReturn;
import io.stockledger.v1.ReceiptLine;
import io.stockledger.v1.ReceiveGoods;
import io.stockledger.v1.RecordCount;
import io.stockledger.v1.RecordSale;
import io.stockledger.v1.ReturnLine;
import io.stockledger.v1.SaleLine;
import io.stockledger.v1.TransferLine;
import io.stockledger.v1.TransferStock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ledger's commands that one device's scans become. */
public final class ScanCommands {

    /** The ledger takes no more lines in one command. */
    private static final int MOST_LINES = 1_000;

    private final ScanRules rules;

    ScanCommands(ScanRules rules) {
        this.rules = rules;
    }

    Command receive(DeviceState state, Goods goods, String documentId, Instant readAt) {
        ReceiptLine.Builder line = ReceiptLine.newBuilder()
                .setItem(goods.item())
                .setQuantity(goods.quantity().toPlainString());
        goods.lot().ifPresent(line::setLot);
        goods.expiry().ifPresent(day -> line.setExpiry(day.toString()));
        goods.serial().ifPresent(line::addSerials);
        return Command.newBuilder()
                .setReceiveGoods(ReceiveGoods.newBuilder()
                        .setDocumentId(documentId)
                        .setOccasion(occasion(readAt))
                        .setLocation(rules.location())
                        .setSupplier(rules.supplier())
                        .setPurchaseOrder(state.purchaseOrder())
                        .addLines(line))
                .build();
    }

    /** The goods are in the customer's hands, so the ledger records the sale even where it has fewer. */
    Command sell(Goods goods, String documentId, Instant readAt) {
        SaleLine.Builder line = SaleLine.newBuilder()
                .setItem(goods.item())
                .setQuantity(goods.quantity().toPlainString());
        RecordSale.Builder sale = RecordSale.newBuilder();
        if (!rules.currency().isEmpty() && goods.unitPrice().isPresent()) {
            line.setUnitPrice(goods.unitPrice().get().toPlainString());
            sale.setCurrency(rules.currency());
        }
        return Command.newBuilder()
                .setRecordSale(sale.setDocumentId(documentId)
                        .setOccasion(occasion(readAt))
                        .setChannel(rules.channel())
                        .setLocation(rules.location())
                        .setRegister(rules.device())
                        .setGoodsHandedOver(true)
                        .addLines(line))
                .build();
    }

    Command takeBack(DeviceState state, Goods goods, String documentId, Instant readAt) {
        return Command.newBuilder()
                .setProcessReturn(ProcessReturn.newBuilder()
                        .setDocumentId(documentId)
                        .setOccasion(occasion(readAt))
                        .setChannel(rules.channel())
                        .setLocation(rules.location())
                        .setOrderId(state.sale())
                        .addLines(ReturnLine.newBuilder()
                                .setItem(goods.item())
                                .setQuantity(goods.quantity().toPlainString())
                                .setReason(rules.returnReason())
                                .setDisposition(rules.returnDisposition())))
                .build();
    }

    Command transfer(DeviceState state, Goods goods, String documentId, Instant readAt) {
        return Command.newBuilder()
                .setTransferStock(TransferStock.newBuilder()
                        .setDocumentId(documentId)
                        .setOccasion(occasion(readAt))
                        .setFromLocation(rules.location())
                        .setToLocation(state.transferTo())
                        .addLines(TransferLine.newBuilder()
                                .setItem(goods.item())
                                .setQuantity(goods.quantity().toPlainString())))
                .build();
    }

    /**
     * All lines, those of one code added up, because a count says how many there are and not how many more; cut into
     * pieces that one command can hold.
     */
    public static List<List<CountLine>> piecesOf(List<CountLine> lines) {
        Map<ItemRef, BigDecimal> seen = new LinkedHashMap<>();
        for (CountLine line : lines) {
            seen.merge(line.getItem(), new BigDecimal(line.getQuantity()), BigDecimal::add);
        }
        List<List<CountLine>> pieces = new ArrayList<>();
        List<CountLine> piece = new ArrayList<>();
        for (Map.Entry<ItemRef, BigDecimal> entry : seen.entrySet()) {
            if (piece.size() == MOST_LINES) {
                pieces.add(piece);
                piece = new ArrayList<>();
            }
            piece.add(CountLine.newBuilder()
                    .setItem(entry.getKey())
                    .setQuantity(entry.getValue().toPlainString())
                    .build());
        }
        pieces.add(piece);
        return pieces;
    }

    /** One count. */
    public Command count(List<CountLine> lines, String documentId, Instant readAt) {
        return Command.newBuilder()
                .setRecordCount(RecordCount.newBuilder()
                        .setDocumentId(documentId)
                        .setOccasion(occasion(readAt))
                        .setLocation(rules.location())
                        .addAllLines(lines))
                .build();
    }

    private Occasion occasion(Instant readAt) {
        return Occasion.newBuilder()
                .setBusinessTime(Timestamp.newBuilder()
                        .setSeconds(readAt.getEpochSecond())
                        .setNanos(readAt.getNano()))
                .setDevice(rules.device())
                .build();
    }
}
