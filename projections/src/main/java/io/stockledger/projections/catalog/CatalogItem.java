package io.stockledger.projections.catalog;

import io.stockledger.item.Barcode;
import io.stockledger.quantity.Unit;
import java.util.List;

/** A registered item with its barcodes, in the order in which it was registered with them. */
public record CatalogItem(String sku, String name, Unit unit, List<Barcode> barcodes) {}
