package io.stockledger.item;

import io.stockledger.decision.Decision;
import io.stockledger.decision.Decision.Effects;
import io.stockledger.decision.Moment;
import io.stockledger.decision.Streams;
import io.stockledger.document.Refusal;
import io.stockledger.item.BarcodeOwners.Owner;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One item per barcode, one unit per item. */
public final class ItemRules {

    private ItemRules() {}

    public static Decision decide(RegisterItem command, Streams streams, Moment at) {
        Optional<Item> known = streams.find(Item.STREAM, command.sku());
        Optional<Refusal> moved = streams.refusalWhenMoved(Item.STREAM, command.sku(), command.expectedVersion());
        if (moved.isPresent()) {
            return Decision.refuse(moved.get());
        }
        if (known.isPresent() && known.get().unit() != command.unit()) {
            return Decision.refuse(
                    new ItemRefusal.UnitIsFixed(command.sku(), known.get().unit(), command.unit()));
        }
        Effects effects = new Effects();
        if (known.isEmpty()) {
            effects.add(
                    Item.STREAM,
                    command.sku(),
                    new ItemRegistered(command.sku(), command.itemName(), command.unit(), command.barcodes()));
        } else if (!known.get().name().equals(command.itemName())
                || !known.get().barcodes().equals(command.barcodes())) {
            effects.add(
                    Item.STREAM, command.sku(), new ItemChanged(command.sku(), command.itemName(), command.barcodes()));
        }
        List<Barcode> before = known.map(Item::barcodes).orElse(List.of());
        for (Barcode barcode : command.barcodes()) {
            String key = Barcode.key(barcode.code());
            Optional<Owner> owner = streams.find(BarcodeOwners.STREAM, key).flatMap(BarcodeOwners::now);
            if (owner.isPresent() && !owner.get().sku().equals(command.sku())) {
                return Decision.refuse(
                        new ItemRefusal.BarcodeTaken(barcode.code(), owner.get().sku()));
            }
            if (!before.contains(barcode)) {
                effects.add(BarcodeOwners.STREAM, key, new BarcodeAssigned(barcode, command.sku()));
            }
        }
        for (Barcode barcode : before) {
            String key = Barcode.key(barcode.code());
            boolean given = command.barcodes().stream()
                    .anyMatch(kept -> Barcode.key(kept.code()).equals(key));
            if (!given
                    && streams.find(BarcodeOwners.STREAM, key)
                            .flatMap(BarcodeOwners::now)
                            .isPresent()) {
                effects.add(BarcodeOwners.STREAM, key, new BarcodeWithdrawn(barcode.code(), command.sku()));
            }
        }
        return effects.instruct(command, streams, Item.STREAM, command.sku(), Set.of());
    }
}
