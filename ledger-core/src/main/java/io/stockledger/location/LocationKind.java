package io.stockledger.location;

import io.stockledger.document.Coded;

/** What a location is for. */
public enum LocationKind implements Coded {
    SHOP,
    WAREHOUSE
}
