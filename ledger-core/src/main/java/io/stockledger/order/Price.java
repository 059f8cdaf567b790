package io.stockledger.order;

import io.stockledger.document.Fingerprint;
import io.stockledger.money.Amounts;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;

/** What was charged for a line, as the caller says; the ledger keeps it and computes nothing with it. */
public record Price(
        @Nullable BigMoney unitPrice,
        @Nullable BigMoney tax,
        @Nullable BigMoney discount) {

    public static final Price NONE = new Price(null, null, null);

    public void addTo(Fingerprint fingerprint) {
        fingerprint.with(Amounts.byValue(unitPrice)).with(Amounts.byValue(tax)).with(Amounts.byValue(discount));
    }
}
