package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.InvoiceLine;
import java.util.Set;

/** What a line of the file stands for. */
enum Meaning {
    /** Goods that went out, at a price or as a free issue to a customer. */
    SALE,
    /** Goods that came back. */
    RETURN,
    /** Goods that were found, lost, damaged or corrected: no price, and nobody bought them. */
    ADJUSTMENT,
    /** Money without goods. */
    CHARGE,
    /** An entry of the shop's accounts, such as a bad debt. No goods, no customer's money. */
    BOOKKEEPING;

    private static final Set<String> CHARGES =
            Set.of("POST", "DOT", "C2", "M", "D", "S", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS");
    private static final String GIFT_VOUCHER = "GIFT_";
    private static final String BOOKKEEPING_CODE = "B";
    private static final String BOOKKEEPING_INVOICE = "A";

    static Meaning of(InvoiceLine line) {
        if (line.code().equals(BOOKKEEPING_CODE) || line.invoice().startsWith(BOOKKEEPING_INVOICE)) {
            return BOOKKEEPING;
        }
        if (CHARGES.contains(line.code()) || line.code().startsWith(GIFT_VOUCHER)) {
            return CHARGE;
        }
        boolean nobodyPaid = line.isFree() && !line.isCancellation();
        if (line.quantity() < 0) {
            return nobodyPaid ? ADJUSTMENT : RETURN;
        }
        return nobodyPaid && line.customer().isEmpty() ? ADJUSTMENT : SALE;
    }

    boolean movesGoods() {
        return this == SALE || this == RETURN || this == ADJUSTMENT;
    }
}
