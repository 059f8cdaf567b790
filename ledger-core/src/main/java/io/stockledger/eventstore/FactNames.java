package io.stockledger.eventstore;

import io.stockledger.adjustment.AdjustmentFact.StockAdjusted;
import io.stockledger.adjustment.AdjustmentFact.StockCounted;
import io.stockledger.adjustment.AdjustmentFact.StockReclassified;
import io.stockledger.adjustment.AdjustmentFact.StockTransferred;
import io.stockledger.document.DocumentFact.CommandRefused;
import io.stockledger.document.DocumentFact.InstructionAccepted;
import io.stockledger.document.Fact;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.location.LocationFact.LocationOpened;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.receiving.ReceivingFact.GoodsReceived;
import io.stockledger.reservation.ReservationFact.ReservationChanged;
import io.stockledger.reservation.ReservationFact.ReservationConfirmed;
import io.stockledger.reservation.ReservationFact.ReservationMade;
import io.stockledger.reservation.ReservationFact.ReservationReleased;
import io.stockledger.returns.ReturnFact.ReturnProcessed;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.CountTaken;
import io.stockledger.stock.StockFact.ReservationsLapsed;
import io.stockledger.stock.StockFact.SafetyStockSet;
import io.stockledger.stock.StockFact.StockMoved;
import io.stockledger.stock.StockFact.StockReleased;
import io.stockledger.stock.StockFact.StockReserved;
import io.stockledger.stock.StockSnapshot;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What facts are called in the store, and in which revision they are written. Classes may move and be renamed; a
 * name that has been stored never changes. A change that old facts do not fit is a new revision.
 */
public final class FactNames {

    private static final Map<Class<?>, StoredName> NAMES = new HashMap<>();
    private static final Map<String, Class<?>> CLASSES = new HashMap<>();

    /** @param revision from 1 */
    public record StoredName(String name, int revision) {}

    static {
        name(StockMoved.class, "stock-moved", 1);
        name(CountTaken.class, "count-taken", 1);
        name(StockReserved.class, "stock-reserved", 1);
        name(StockReleased.class, "stock-released", 1);
        name(ReservationsLapsed.class, "reservations-lapsed", 1);
        name(SafetyStockSet.class, "safety-stock-set", 1);
        name(ChannelProtectionSet.class, "channel-protection-set", 1);
        name(FirstStocked.class, "first-stocked", 1);
        name(CommandRefused.class, "command-refused", 1);
        name(InstructionAccepted.class, "instruction-accepted", 1);
        name(ReservationMade.class, "reservation-made", 1);
        name(ReservationChanged.class, "reservation-changed", 1);
        name(ReservationReleased.class, "reservation-released", 1);
        name(ReservationConfirmed.class, "reservation-confirmed", 1);
        name(SaleRecorded.class, "sale-recorded", 1);
        name(OrderReturned.class, "order-returned", 1);
        name(GoodsReceived.class, "goods-received", 1);
        name(ReturnProcessed.class, "return-processed", 1);
        name(StockAdjusted.class, "stock-adjusted", 1);
        name(StockCounted.class, "stock-counted", 1);
        name(StockTransferred.class, "stock-transferred", 1);
        name(StockReclassified.class, "stock-reclassified", 1);
        name(ItemRegistered.class, "item-registered", 1);
        name(ItemChanged.class, "item-changed", 1);
        name(BarcodeAssigned.class, "barcode-assigned", 1);
        name(BarcodeWithdrawn.class, "barcode-withdrawn", 1);
        name(LocationOpened.class, "location-opened", 1);
        name(StockSnapshot.class, "stock-snapshot", 1);
    }

    private FactNames() {}

    public static StoredName of(Fact fact) {
        StoredName name = NAMES.get(fact.getClass());
        if (name == null) {
            throw new IllegalStateException(
                    "no stored name for " + fact.getClass().getName());
        }
        return name;
    }

    /** What facts are called, without snapshots. */
    public static Set<String> names() {
        return NAMES.entrySet().stream()
                .filter(entry -> Fact.class.isAssignableFrom(entry.getKey()))
                .map(entry -> entry.getValue().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All classes that are stored under a name: the facts, and the snapshots. */
    public static Set<Class<?>> classes() {
        return Set.copyOf(NAMES.keySet());
    }

    static boolean isNamed(Class<?> type) {
        return NAMES.containsKey(type);
    }

    public static StoredName of(Class<?> type) {
        StoredName name = NAMES.get(type);
        if (name == null) {
            throw new IllegalStateException("no stored name for " + type.getName());
        }
        return name;
    }

    /** @throws UnreadableFact when nothing has this name: skipping it would falsify every state and view */
    static Class<?> classOf(String name) {
        Class<?> type = CLASSES.get(name);
        if (type == null) {
            throw new UnreadableFact("stored name '" + name + "' (expected: one of " + CLASSES.keySet() + ")");
        }
        return type;
    }

    private static void name(Class<?> type, String name, int revision) {
        NAMES.put(type, new StoredName(name, revision));
        if (CLASSES.put(name, type) != null) {
            throw new IllegalStateException("two facts are stored as " + name);
        }
    }
}
