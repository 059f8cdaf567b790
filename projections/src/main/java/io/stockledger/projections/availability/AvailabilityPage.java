package io.stockledger.projections.availability;

import io.stockledger.projections.view.AsOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Levels in the order of their SKUs.
 *
 * @param nextAfter the SKU to go on after; null when there are no more
 */
public record AvailabilityPage(
        List<StockLevel> levels, @Nullable String nextAfter, AsOf asOf) {}
