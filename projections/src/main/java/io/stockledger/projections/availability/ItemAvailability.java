package io.stockledger.projections.availability;

import io.stockledger.projections.view.AsOf;
import io.stockledger.quantity.Unit;
import java.util.List;

/**
 * One item everywhere.
 *
 * @param levels one for each location that has ever had a fact about it, by location
 */
public record ItemAvailability(String sku, String name, Unit unit, List<StockLevel> levels, AsOf asOf) {}
