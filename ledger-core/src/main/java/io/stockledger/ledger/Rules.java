package io.stockledger.ledger;

import io.stockledger.adjustment.AdjustStock;
import io.stockledger.adjustment.AdjustmentRules;
import io.stockledger.adjustment.ReclassifyStock;
import io.stockledger.adjustment.RecordCount;
import io.stockledger.adjustment.TransferStock;
import io.stockledger.decision.Decision;
import io.stockledger.decision.Moment;
import io.stockledger.decision.StreamType;
import io.stockledger.decision.Streams;
import io.stockledger.document.Command;
import io.stockledger.item.ItemRules;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationRules;
import io.stockledger.location.OpenLocation;
import io.stockledger.order.ConfirmReservation;
import io.stockledger.order.Order;
import io.stockledger.order.RecordSale;
import io.stockledger.order.SaleRules;
import io.stockledger.receiving.ReceiveGoods;
import io.stockledger.receiving.ReceivingRules;
import io.stockledger.reservation.ChangeReservation;
import io.stockledger.reservation.ExtendReservation;
import io.stockledger.reservation.ReleaseReservation;
import io.stockledger.reservation.Reservation;
import io.stockledger.reservation.ReservationRules;
import io.stockledger.reservation.ReserveStock;
import io.stockledger.returns.ProcessReturn;
import io.stockledger.returns.ReturnRules;
import io.stockledger.stock.SetChannelProtection;
import io.stockledger.stock.SetSafetyStock;
import io.stockledger.stock.StockPolicyRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rule decides which command. The only place that knows them all. */
public final class Rules {

    /** A pure function: the same command on the same states at the same moment decides the same. */
    @FunctionalInterface
    interface Rule<C extends Command> {
        Decision decide(C command, Streams streams, Moment at);
    }

    /** The same, where the ledger chooses among the locations that whoever sends the command may use. */
    @FunctionalInterface
    interface ChoosingRule<C extends Command> {
        Decision decide(C command, Streams streams, Moment at, LocationTie tie);
    }

    /** The documents whose states rules ask for. */
    private static final List<StreamType<?>> DOCUMENTS = List.of(Reservation.STREAM, Order.STREAM);

    private static final Map<Class<? extends Command>, ChoosingRule<?>> RULES = new HashMap<>();

    static {
        choosingRule(
                ReserveStock.class,
                (command, streams, at, tie) -> ReservationRules.decide(command, streams, at, tie.locations()));
        rule(ExtendReservation.class, ReservationRules::decide);
        choosingRule(
                ChangeReservation.class,
                (command, streams, at, tie) -> ReservationRules.decide(command, streams, at, tie.locations()));
        rule(ReleaseReservation.class, ReservationRules::decide);
        rule(ConfirmReservation.class, SaleRules::decide);
        rule(RecordSale.class, SaleRules::decide);
        rule(ReceiveGoods.class, ReceivingRules::decide);
        rule(ProcessReturn.class, ReturnRules::decide);
        rule(AdjustStock.class, AdjustmentRules::decide);
        rule(RecordCount.class, AdjustmentRules::decide);
        rule(TransferStock.class, AdjustmentRules::decide);
        rule(ReclassifyStock.class, AdjustmentRules::decide);
        rule(SetSafetyStock.class, StockPolicyRules::decide);
        rule(SetChannelProtection.class, StockPolicyRules::decide);
        rule(RegisterItem.class, ItemRules::decide);
        rule(OpenLocation.class, LocationRules::decide);
    }

    private Rules() {}

    /**
     * @param tie where whoever sends the command may change stock
     */
    public static Decision decide(Command command, Streams streams, Moment at, LocationTie tie) {
        return decide(ruleFor(command), command, tie.seenIn(streams), at, tie);
    }

    public static Set<Class<? extends Command>> commands() {
        return Set.copyOf(RULES.keySet());
    }

    /** The type of a document's stream, if later commands ask for it soon after its first fact. */
    static @Nullable StreamType<?> documentAskedForSoon(String stream) {
        for (StreamType<?> type : DOCUMENTS) {
            if (type.soon() && type.isOf(stream)) {
                return type;
            }
        }
        return null;
    }

    private static <C extends Command> void rule(Class<C> command, Rule<C> rule) {
        choosingRule(command, (sent, streams, at, tie) -> rule.decide(sent, streams, at));
    }

    private static <C extends Command> void choosingRule(Class<C> command, ChoosingRule<C> rule) {
        RULES.put(command, rule);
    }

    private static ChoosingRule<?> ruleFor(Command command) {
        ChoosingRule<?> rule = RULES.get(command.getClass());
        if (rule == null) {
            throw new IllegalStateException(
                    "no rule decides " + command.getClass().getName());
        }
        return rule;
    }

    @SuppressWarnings("unchecked") // rule() ties each command's class to a rule for that class
    private static <C extends Command> Decision decide(
            ChoosingRule<C> rule, Command command, Streams streams, Moment at, LocationTie tie) {
        return rule.decide((C) command, streams, at, tie);
    }
}
