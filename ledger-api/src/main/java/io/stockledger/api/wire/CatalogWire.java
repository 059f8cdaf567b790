package io.stockledger.api.wire;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.item.Barcode;
import io.stockledger.item.RegisterItem;
import io.stockledger.location.LocationKind;
import io.stockledger.location.OpenLocation;
import io.stockledger.quantity.Unit;
import io.stockledger.v1.CatalogBarcode;
import io.stockledger.v1.CatalogItem;
import io.stockledger.v1.CatalogLocation;
import java.math.BigDecimal;
import java.util.List;

/** Items and locations as messages. */
public final class CatalogWire {

    static final List<CommandWire<?>> COMMANDS = List.of(
            CommandWire.of(io.stockledger.v1.RegisterItem.getDefaultInstance(), CatalogWire::register),
            CommandWire.of(io.stockledger.v1.OpenLocation.getDefaultInstance(), CatalogWire::open));

    private CatalogWire() {}

    static Command register(io.stockledger.v1.RegisterItem message) {
        List<Barcode> barcodes = Check.made("barcodes", message.getBarcodesList(), barcode -> {
            BigDecimal packSize = WireFields.optionalNumber("barcodes.packSize", barcode.getPackSize());
            return new Barcode(barcode.getCode(), packSize == null ? BigDecimal.ONE : packSize, barcode.getInHouse());
        });
        return new RegisterItem(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getSku(),
                message.getName(),
                unit(message.getUnit()),
                barcodes,
                WireFields.version(message.hasExpectedVersion(), message.getExpectedVersion()));
    }

    static Command open(io.stockledger.v1.OpenLocation message) {
        return new OpenLocation(
                new DocumentRef(Kind.INSTRUCTION, message.getDocumentId()),
                message.getLocation(),
                message.getName(),
                kind(message.getKind()));
    }

    public static CatalogItem item(io.stockledger.projections.catalog.CatalogItem item) {
        CatalogItem.Builder message = CatalogItem.newBuilder()
                .setSku(item.sku())
                .setName(item.name())
                .setUnit(item.unit().code())
                .setVersion(item.version());
        item.barcodes()
                .forEach(barcode -> message.addBarcodes(CatalogBarcode.newBuilder()
                        .setCode(barcode.code())
                        .setPackSize(barcode.packSize().toPlainString())
                        .setInHouse(barcode.inHouse())));
        return message.build();
    }

    public static CatalogLocation location(io.stockledger.projections.catalog.CatalogLocation location) {
        return CatalogLocation.newBuilder()
                .setLocation(location.location())
                .setName(location.name())
                .setKind(io.stockledger.v1.LocationKind.valueOf(
                        "LOCATION_KIND_" + location.kind().name()))
                .build();
    }

    private static Unit unit(io.stockledger.v1.Unit unit) {
        return switch (unit) {
            case UNIT_UNSPECIFIED, UNIT_PIECE -> Unit.PIECE;
            case UNIT_KG -> Unit.KILOGRAM;
            case UNIT_L -> Unit.LITRE;
            case UNIT_M -> Unit.METRE;
            default -> throw new InvalidCommand("unit", "an unknown value (expected: one of the enum's)");
        };
    }

    private static LocationKind kind(io.stockledger.v1.LocationKind kind) {
        return switch (kind) {
            case LOCATION_KIND_SHOP -> LocationKind.SHOP;
            case LOCATION_KIND_WAREHOUSE -> LocationKind.WAREHOUSE;
            case LOCATION_KIND_UNSPECIFIED -> throw new InvalidCommand("kind", "missing (expected: shop or warehouse)");
            default -> throw new InvalidCommand("kind", "an unknown value (expected: one of the enum's)");
        };
    }
}
