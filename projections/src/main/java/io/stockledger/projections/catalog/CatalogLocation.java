package io.stockledger.projections.catalog;

import io.stockledger.location.LocationKind;

/** A location that has been opened. */
public record CatalogLocation(String location, String name, LocationKind kind) {}
