package io.stockledger.api.importer;

import io.stockledger.api.importer.Row.Legible;

/** What a line that cannot be read may do to the stock of its item, as far as the rest of it tells. */
enum Doubt {
    /** It moves no goods. */
    NONE,
    /** Some units went out. */
    SOLD,
    /** Some units came back. */
    RETURNED,
    /** Units went out or came in. */
    EITHER;

    static Doubt of(Legible line) {
        String invoice = line.invoice() == null ? "" : line.invoice();
        String code = line.code() == null ? "" : line.code();
        if (Meaning.isBookkeeping(invoice, code) || Meaning.isCharge(code)) {
            return NONE;
        }
        if (Invoice.takesBack(invoice)) {
            return RETURNED;
        }
        return line.price() != null && line.price().signum() > 0 ? SOLD : EITHER;
    }
}
