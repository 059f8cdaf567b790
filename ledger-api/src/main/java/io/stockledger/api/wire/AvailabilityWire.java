package io.stockledger.api.wire;

import io.stockledger.document.Check;
import io.stockledger.document.InvalidCommand;
import io.stockledger.projections.availability.AvailabilityQueries.Asked;
import io.stockledger.projections.availability.StockLevel;
import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Freshness;
import io.stockledger.quantity.Quantity;
import io.stockledger.stock.Bucket;
import io.stockledger.stock.StockLevels;
import io.stockledger.v1.BatchGetRequest;
import io.stockledger.v1.BucketLevel;
import io.stockledger.v1.ChannelLevel;
import io.stockledger.v1.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Questions about stock, and their answers, as messages. */
public final class AvailabilityWire {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);
    private static final int MOST_CHANNELS = 100;

    private AvailabilityWire() {}

    public static Freshness freshness(io.stockledger.v1.Freshness message) {
        if (message.getAtLeastPosition() < 0) {
            throw new InvalidCommand(
                    "freshness.atLeastPosition",
                    Long.toUnsignedString(message.getAtLeastPosition()) + " (expected: below 2^63)");
        }
        Duration wait = message.hasWait() ? WireFields.duration("freshness.wait", message.getWait()) : USUAL_WAIT;
        if (wait.isNegative() || wait.compareTo(Freshness.LONGEST_WAIT) > 0) {
            throw new InvalidCommand("freshness.wait", wait + " (expected: PT0S to " + Freshness.LONGEST_WAIT + ")");
        }
        return new Freshness(message.getAtLeastPosition(), wait);
    }

    public static List<String> channels(List<String> channels) {
        if (channels.size() > MOST_CHANNELS) {
            throw new InvalidCommand("channels", channels.size() + " (expected: at most " + MOST_CHANNELS + ")");
        }
        channels.forEach(channel -> Check.code("channels", channel));
        return channels;
    }

    public static List<Asked> asked(BatchGetRequest request) {
        return Check.lines("keys", request.getKeysList()).stream()
                .map(key -> new Asked(Check.sku("keys.sku", key.getSku()), WireFields.optional(key.getLocation())))
                .toList();
    }

    /** @param channels to answer for beside those that have a protection */
    public static Level level(StockLevel stock, List<String> channels) {
        StockLevels levels = stock.levels();
        Level.Builder message = Level.newBuilder()
                .setSku(stock.key().sku())
                .setLocation(stock.key().location())
                .setUnit(stock.unit().code())
                .setOnHand(levels.onHand().number())
                .setSellable(levels.in(Bucket.SELLABLE).number())
                .setReserved(levels.reserved().number())
                .setSafetyStock(levels.safetyStock().number())
                .setAvailableToPromise(levels.availableToPromise().number());
        for (Bucket bucket : Bucket.values()) {
            Quantity quantity = levels.in(bucket);
            if (bucket.isOnHand() && !quantity.isZero()) {
                message.addBuckets(
                        BucketLevel.newBuilder().setBucket(bucket.code()).setQuantity(quantity.number()));
            }
        }
        Map<String, Quantity> protectedFor = levels.protectedFor();
        TreeSet<String> named = new TreeSet<>(channels);
        named.addAll(protectedFor.keySet());
        for (String channel : named) {
            message.addChannels(ChannelLevel.newBuilder()
                    .setChannel(channel)
                    .setProtected(protectedFor
                            .getOrDefault(channel, Quantity.zero(stock.unit()))
                            .number())
                    .setAvailableToPromise(levels.availableToPromise(channel).number()));
        }
        return message.build();
    }

    public static io.stockledger.v1.AsOf asOf(AsOf asOf) {
        return io.stockledger.v1.AsOf.newBuilder()
                .setPosition(asOf.position())
                .setHead(asOf.head())
                .setBehind(WireFields.duration(asOf.behind()))
                .setAt(WireFields.timestamp(asOf.at()))
                .build();
    }
}
