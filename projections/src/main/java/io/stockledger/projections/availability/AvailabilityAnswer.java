package io.stockledger.projections.availability;

import io.stockledger.projections.view.AsOf;
import java.util.List;

/** Levels by SKU and location, all as of the same position and instant. */
public record AvailabilityAnswer(List<StockLevel> levels, AsOf asOf) {}
