package io.stockledger.location;

/** What a location is for. */
public enum LocationKind {
    SHOP,
    WAREHOUSE
}
