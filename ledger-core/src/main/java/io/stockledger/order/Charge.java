package io.stockledger.order;

import io.stockledger.document.Check;
import io.stockledger.document.Fingerprint;
import io.stockledger.money.Amounts;
import org.joda.money.BigMoney;
import org.jspecify.annotations.Nullable;

/**
 * Money on a document without goods: postage, fees, vouchers.
 *
 * @param amount may be below zero
 */
public record Charge(String code, @Nullable String description, BigMoney amount) {

    public Charge {
        Check.identifier("charges.code", code, 64);
        description = Check.text("charges.description", description, 500);
        Check.present("charges.amount", amount);
    }

    public void addTo(Fingerprint fingerprint) {
        fingerprint.with(code).with(description).with(Amounts.byValue(amount));
    }
}
