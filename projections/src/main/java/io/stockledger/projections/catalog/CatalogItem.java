package io.stockledger.projections.catalog;

import io.stockledger.item.Barcode;
import io.stockledger.quantity.Unit;
import java.util.List;

/**
 * A registered item with its barcodes, in the order in which it was registered with them.
 *
 * @param version what a command expects when it is to change nothing that its sender has not seen
 */
public record CatalogItem(String sku, String name, Unit unit, List<Barcode> barcodes, long version) {}
