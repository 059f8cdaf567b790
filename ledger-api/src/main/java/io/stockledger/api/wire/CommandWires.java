package io.stockledger.api.wire;

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
import io.stockledger.v1.ReserveStock;
import io.stockledger.v1.SetChannelProtection;
import io.stockledger.v1.SetSafetyStock;
import io.stockledger.v1.TransferStock;
import java.util.List;

/** Every command that the ledger takes from outside. Both wires use this table and nothing beside it. */
public final class CommandWires {

    public static final CommandWire<ReserveStock> RESERVE_STOCK = new CommandWire<>(
            "reserve-stock", ReserveStock.getDefaultInstance(), ReserveStock::getOccasion, ReservationWire::reserve);
    public static final CommandWire<ReleaseReservation> RELEASE_RESERVATION = new CommandWire<>(
            "release-reservation",
            ReleaseReservation.getDefaultInstance(),
            ReleaseReservation::getOccasion,
            ReservationWire::release);
    public static final CommandWire<ConfirmReservation> CONFIRM_RESERVATION = new CommandWire<>(
            "confirm-reservation",
            ConfirmReservation.getDefaultInstance(),
            ConfirmReservation::getOccasion,
            SaleWire::confirm);
    public static final CommandWire<RecordSale> RECORD_SALE = new CommandWire<>(
            "record-sale", RecordSale.getDefaultInstance(), RecordSale::getOccasion, SaleWire::record);
    public static final CommandWire<ReceiveGoods> RECEIVE_GOODS = new CommandWire<>(
            "receive-goods", ReceiveGoods.getDefaultInstance(), ReceiveGoods::getOccasion, ReceivingWire::receive);
    public static final CommandWire<ProcessReturn> PROCESS_RETURN = new CommandWire<>(
            "process-return", ProcessReturn.getDefaultInstance(), ProcessReturn::getOccasion, ReturnWire::process);
    public static final CommandWire<AdjustStock> ADJUST_STOCK = new CommandWire<>(
            "adjust-stock", AdjustStock.getDefaultInstance(), AdjustStock::getOccasion, AdjustmentWire::adjust);
    public static final CommandWire<RecordCount> RECORD_COUNT = new CommandWire<>(
            "record-count", RecordCount.getDefaultInstance(), RecordCount::getOccasion, AdjustmentWire::count);
    public static final CommandWire<TransferStock> TRANSFER_STOCK = new CommandWire<>(
            "transfer-stock", TransferStock.getDefaultInstance(), TransferStock::getOccasion, AdjustmentWire::transfer);
    public static final CommandWire<ReclassifyStock> RECLASSIFY_STOCK = new CommandWire<>(
            "reclassify-stock",
            ReclassifyStock.getDefaultInstance(),
            ReclassifyStock::getOccasion,
            AdjustmentWire::reclassifyStock);
    public static final CommandWire<SetSafetyStock> SET_SAFETY_STOCK = new CommandWire<>(
            "set-safety-stock",
            SetSafetyStock.getDefaultInstance(),
            SetSafetyStock::getOccasion,
            StockPolicyWire::safetyStock);
    public static final CommandWire<SetChannelProtection> SET_CHANNEL_PROTECTION = new CommandWire<>(
            "set-channel-protection",
            SetChannelProtection.getDefaultInstance(),
            SetChannelProtection::getOccasion,
            StockPolicyWire::channelProtection);
    public static final CommandWire<RegisterItem> REGISTER_ITEM = new CommandWire<>(
            "register-item", RegisterItem.getDefaultInstance(), RegisterItem::getOccasion, CatalogWire::register);
    public static final CommandWire<OpenLocation> OPEN_LOCATION = new CommandWire<>(
            "open-location", OpenLocation.getDefaultInstance(), OpenLocation::getOccasion, CatalogWire::open);

    private CommandWires() {}

    public static List<CommandWire<?>> all() {
        return List.of(
                RESERVE_STOCK,
                RELEASE_RESERVATION,
                CONFIRM_RESERVATION,
                RECORD_SALE,
                RECEIVE_GOODS,
                PROCESS_RETURN,
                ADJUST_STOCK,
                RECORD_COUNT,
                TRANSFER_STOCK,
                RECLASSIFY_STOCK,
                SET_SAFETY_STOCK,
                SET_CHANNEL_PROTECTION,
                REGISTER_ITEM,
                OPEN_LOCATION);
    }

    /** What is done with a command once its kind is known. */
    public interface Use<R> {
        <M extends com.google.protobuf.Message> R use(CommandWire<M> wire, M message);
    }

    /**
     * Opens the envelope of a stream.
     *
     * @throws io.stockledger.document.InvalidCommand when it is empty
     */
    public static <R> R open(Command envelope, Use<R> use) {
        return switch (envelope.getCommandCase()) {
            case RESERVE_STOCK -> use.use(RESERVE_STOCK, envelope.getReserveStock());
            case RELEASE_RESERVATION -> use.use(RELEASE_RESERVATION, envelope.getReleaseReservation());
            case CONFIRM_RESERVATION -> use.use(CONFIRM_RESERVATION, envelope.getConfirmReservation());
            case RECORD_SALE -> use.use(RECORD_SALE, envelope.getRecordSale());
            case RECEIVE_GOODS -> use.use(RECEIVE_GOODS, envelope.getReceiveGoods());
            case PROCESS_RETURN -> use.use(PROCESS_RETURN, envelope.getProcessReturn());
            case ADJUST_STOCK -> use.use(ADJUST_STOCK, envelope.getAdjustStock());
            case RECORD_COUNT -> use.use(RECORD_COUNT, envelope.getRecordCount());
            case TRANSFER_STOCK -> use.use(TRANSFER_STOCK, envelope.getTransferStock());
            case RECLASSIFY_STOCK -> use.use(RECLASSIFY_STOCK, envelope.getReclassifyStock());
            case SET_SAFETY_STOCK -> use.use(SET_SAFETY_STOCK, envelope.getSetSafetyStock());
            case SET_CHANNEL_PROTECTION -> use.use(SET_CHANNEL_PROTECTION, envelope.getSetChannelProtection());
            case REGISTER_ITEM -> use.use(REGISTER_ITEM, envelope.getRegisterItem());
            case OPEN_LOCATION -> use.use(OPEN_LOCATION, envelope.getOpenLocation());
            case COMMAND_NOT_SET ->
                throw new io.stockledger.document.InvalidCommand(
                        "command", "missing (expected: one command per message)");
        };
    }
}
