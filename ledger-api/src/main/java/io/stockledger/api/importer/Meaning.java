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
        if (isBookkeeping(line.invoice(), line.code())) {
            return BOOKKEEPING;
        }
        if (isCharge(line.code())) {
            return CHARGE;
        }
        if (Invoice.takesBack(line.invoice())) {
            return RETURN;
        }
        boolean nobodyBought =
                line.isFree() && (line.quantity() < 0 || line.customer().isEmpty());
        return nobodyBought ? ADJUSTMENT : SALE;
    }

    static boolean isBookkeeping(String invoice, String code) {
        return code.equals(BOOKKEEPING_CODE) || invoice.startsWith(BOOKKEEPING_INVOICE);
    }

    static boolean isCharge(String code) {
        return CHARGES.contains(code) || code.startsWith(GIFT_VOUCHER);
    }

    boolean movesGoods() {
        return this == SALE || this == RETURN || this == ADJUSTMENT;
    }
}
