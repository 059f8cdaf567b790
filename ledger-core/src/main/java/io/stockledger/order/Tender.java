package io.stockledger.order;

import io.stockledger.document.Check;
import io.stockledger.document.Fingerprint;
import io.stockledger.money.Amounts;
import org.joda.money.BigMoney;

/** How a document was paid, or paid back, in part or whole. */
public record Tender(String method, BigMoney amount) {

    public Tender {
        Check.code("tenders.method", method);
        Check.present("tenders.amount", amount);
    }

    public void addTo(Fingerprint fingerprint) {
        fingerprint.with(method).with(Amounts.byValue(amount));
    }
}
