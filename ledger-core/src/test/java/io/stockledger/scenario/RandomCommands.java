package io.stockledger.scenario;

import static io.stockledger.scenario.Shop.document;

import io.stockledger.adjustment.AdjustStock;
import io.stockledger.adjustment.AdjustmentReason;
import io.stockledger.adjustment.ReclassifyStock;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.item.Barcode;
import io.stockledger.item.ItemLines.Asked;
import io.stockledger.item.ItemRef;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.quantity.Unit;
import io.stockledger.reservation.ChangeReservation;
import io.stockledger.reservation.ExtendReservation;
import io.stockledger.returns.ProcessReturn;
import io.stockledger.stock.Disposition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An endless day in a small chain, drawn from a seed: all kinds of commands, few items and locations so that they
 * meet, documents sent twice, and some that cannot succeed.
 */
public final class RandomCommands {

    private static final List<String> LOCATIONS = List.of("berlin", "hamburg", "store");
    private static final List<String> CHANNELS = List.of("web", "pos", "b2b");
    private static final List<String> SKUS = List.of("tea", "cup", "jam", "cheese", "olives");
    private static final int BY_THE_PIECE = 3;
    private static final List<AdjustmentReason> REASONS = List.of(AdjustmentReason.values());
    private static final List<Disposition> DISPOSITIONS = List.of(Disposition.values());
    private static final List<Disposition> ON_HAND =
            List.of(Disposition.SELLABLE, Disposition.QUARANTINE, Disposition.DAMAGED);

    private final Random random;
    private final String name;
    private final List<String> reservations = new ArrayList<>();
    private final List<String> sales = new ArrayList<>();
    private final List<Command> sent = new ArrayList<>();
    private int number;

    /** @param name what the ids of its documents begin with */
    public RandomCommands(String name, long seed) {
        this.name = name;
        this.random = new Random(seed);
    }

    /** What has to be sent first: most of the locations and items; the rest is opened along the way. */
    public static List<Command> opening() {
        List<Command> commands = new ArrayList<>();
        for (String location : LOCATIONS) {
            commands.add(new OpenLocation(
                    document(Kind.INSTRUCTION, "open-" + location), location, location, LocationKind.SHOP));
        }
        for (String sku : SKUS) {
            commands.add(item("item-" + sku, sku, 6));
            for (String location : LOCATIONS) {
                commands.add(Shop.receive(
                        "opening-" + sku + "-" + location, location, new Asked(ItemRef.sku(sku), new BigDecimal(40))));
            }
        }
        return commands;
    }

    public Command next() {
        if (!sent.isEmpty() && random.nextInt(12) == 0) {
            return any(sent);
        }
        Command command = draw(name + number++);
        sent.add(command);
        if (sent.size() > 200) {
            sent.remove(0);
        }
        return command;
    }

    private Command draw(String id) {
        int kind = random.nextInt(100);
        if (kind < 20) {
            return remember(
                    reservations, id, Shop.reserve(id, channel(), random.nextInt(4) == 0 ? null : location(), goods()));
        } else if (kind < 22) {
            return Shop.release(id, one(reservations));
        } else if (kind < 24) {
            return new ExtendReservation(
                    document(Kind.INSTRUCTION, id),
                    one(reservations),
                    Duration.ofMinutes(1 + random.nextInt(60)),
                    null);
        } else if (kind < 26) {
            return new ChangeReservation(
                    document(Kind.INSTRUCTION, id),
                    one(reservations),
                    random.nextInt(3) == 0 ? location() : null,
                    random.nextBoolean() ? null : Duration.ofMinutes(1 + random.nextInt(60)),
                    List.of(goods()),
                    null);
        } else if (kind < 36) {
            return remember(sales, id, Shop.confirm(id, one(reservations)));
        } else if (kind < 56) {
            @Nullable String reservation = random.nextInt(3) == 0 ? one(reservations) : null;
            return remember(
                    sales, id, Shop.sale(id, channel(), location(), reservation, random.nextInt(8) == 0, goods()));
        } else if (kind < 66) {
            return Shop.receive(id, location(), goods());
        } else if (kind < 76) {
            return giveBack(id);
        } else if (kind < 81) {
            return adjust(id);
        } else if (kind < 83) {
            return Shop.count(id, location(), goods());
        } else if (kind < 87) {
            String from = location();
            String to = LOCATIONS.get((LOCATIONS.indexOf(from) + 1) % LOCATIONS.size());
            return Shop.transfer(id, from, to, goods());
        } else if (kind < 91) {
            Disposition from = any(ON_HAND);
            Disposition to =
                    any(DISPOSITIONS.stream().filter(other -> other != from).toList());
            return new ReclassifyStock(
                    document(Kind.RECLASSIFICATION, id), location(), from, to, null, List.of(goods()));
        } else if (kind < 94) {
            return Shop.keepBack(id, sku(), location(), Integer.toString(random.nextInt(6)));
        } else if (kind < 97) {
            return Shop.protect(id, sku(), location(), channel(), Integer.toString(random.nextInt(12)));
        } else if (kind < 99) {
            return item(id, sku(), 1 + random.nextInt(12));
        }
        String location = any(LOCATIONS);
        return new OpenLocation(document(Kind.INSTRUCTION, id), location, "again", LocationKind.WAREHOUSE);
    }

    private Command giveBack(String id) {
        List<ProcessReturn.Line> lines = new ArrayList<>();
        for (Asked line : goods()) {
            lines.add(new ProcessReturn.Line(line, null, any(DISPOSITIONS)));
        }
        @Nullable String sale = random.nextInt(5) == 0 ? null : one(sales);
        return new ProcessReturn(document(Kind.RETURN, id), channel(), location(), sale, lines, List.of(), List.of());
    }

    private Command adjust(String id) {
        AdjustmentReason reason = any(REASONS);
        int sign = reason == AdjustmentReason.OPENING_BALANCE || reason == AdjustmentReason.FOUND
                ? 1
                : reason == AdjustmentReason.CORRECTION ? random.nextInt(2) * 2 - 1 : -1;
        List<AdjustStock.Line> lines = new ArrayList<>();
        for (Asked line : goods()) {
            Asked signed = new Asked(line.item(), line.quantity().multiply(BigDecimal.valueOf(sign)));
            lines.add(new AdjustStock.Line(signed, any(ON_HAND)));
        }
        return new AdjustStock(document(Kind.ADJUSTMENT, id), location(), reason, null, lines);
    }

    /** One to three lines, now and then of the same item, of an unknown one or by the pack. */
    private Asked[] goods() {
        Asked[] lines = new Asked[1 + random.nextInt(3)];
        for (int i = 0; i < lines.length; i++) {
            String sku = random.nextInt(200) == 0 ? "unicorn" : sku();
            boolean byThePiece = SKUS.indexOf(sku) < BY_THE_PIECE;
            boolean pack = random.nextInt(10) == 0;
            BigDecimal quantity = byThePiece || pack
                    ? BigDecimal.valueOf(1 + random.nextInt(pack ? 2 : 5))
                    : BigDecimal.valueOf(1 + random.nextInt(4_000), 3);
            lines[i] = new Asked(pack ? ItemRef.barcode("pack-of-" + sku) : ItemRef.sku(sku), quantity);
        }
        return lines;
    }

    private static RegisterItem item(String id, String sku, int packSize) {
        Unit unit = SKUS.indexOf(sku) < BY_THE_PIECE ? Unit.PIECE : Unit.KILOGRAM;
        Barcode pack = new Barcode("pack-of-" + sku, BigDecimal.valueOf(packSize));
        return new RegisterItem(document(Kind.INSTRUCTION, id), sku, "Best " + sku, unit, List.of(pack), null);
    }

    private String sku() {
        return any(SKUS);
    }

    private String location() {
        return random.nextInt(200) == 0 ? "atlantis" : any(LOCATIONS);
    }

    private String channel() {
        return any(CHANNELS);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String one(List<String> ids) {
        return ids.isEmpty() ? "none" : ids.get(ids.size() - 1 - random.nextInt(Math.min(ids.size(), 30)));
    }

    private static Command remember(List<String> ids, String id, Command command) {
        ids.add(id);
        return command;
    }
}
