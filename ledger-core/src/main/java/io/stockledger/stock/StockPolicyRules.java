package io.stockledger.stock;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.document.Command;
import io.stockledger.item.ItemLines;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRef;
import io.stockledger.location.LocationRefusal;
import io.stockledger.location.Locations;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.StockFact.ChannelProtectionSet;
import io.stockledger.stock.StockFact.SafetyStockSet;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is kept back may be set at any time, also to more than is there: it is a wish about the future. */
public final class StockPolicyRules {

    private StockPolicyRules() {}

    public static Decision decide(SetSafetyStock command, Streams streams, Moment at) {
        return set(
                command,
                command.sku(),
                command.location(),
                command.quantity(),
                streams,
                at,
                quantity -> new SafetyStockSet(command.sku(), command.location(), quantity));
    }

    public static Decision decide(SetChannelProtection command, Streams streams, Moment at) {
        return set(
                command,
                command.sku(),
                command.location(),
                command.quantity(),
                streams,
                at,
                quantity -> new ChannelProtectionSet(command.sku(), command.location(), command.channel(), quantity));
    }

    private static Decision set(
            Command command,
            String sku,
            String location,
            BigDecimal amount,
            Streams streams,
            Moment at,
            Function<Quantity, StockFact> fact) {
        if (!Locations.of(streams).isOpen(location)) {
            return Decision.refuse(new LocationRefusal.UnknownLocation(location));
        }
        ItemLines line = ItemLines.find(streams, List.of(new Asked(ItemRef.sku(sku), amount)), at.happened());
        if (line.refusal().isPresent()) {
            return Decision.refuse(line.refusal().get());
        }
        Quantity quantity = line.lines().get(0).quantity();
        Effects effects = new Effects();
        StockAt.of(streams, sku, quantity.unit(), location, at).add(fact.apply(quantity), effects);
        return effects.instruct(command, streams, StockState.STREAM, StockState.key(sku, location), Set.of(location));
    }
}
