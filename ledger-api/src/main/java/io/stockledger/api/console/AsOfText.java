package io.stockledger.api.console;

import io.stockledger.projections.view.AsOf;

/** Where a page's numbers stand. */
record AsOfText(long position, String behind, String at) {

    static AsOfText of(AsOf asOf) {
        String behind = asOf.behind().isZero()
                ? "up to date with the ledger"
                : Times.text(asOf.behind()) + " and " + (asOf.head() - asOf.position()) + " facts behind the ledger";
        return new AsOfText(asOf.position(), behind, Times.text(asOf.at()) + " UTC");
    }
}
