package io.stockledger.api.importer;

import io.stockledger.api.client.Ordering;
import io.stockledger.api.importer.Row.InvoiceLine;
import io.stockledger.v1.Command;
import java.util.List;

/**
 * A command that is ready to be sent.
 *
 * @param kind the fact that it becomes, by its stored name
 * @param name how the ledger names the document, for example {@code order:536365}
 * @param lines the lines of the file that it stands for; a line may stand in several documents
 */
record Document(Kind kind, String name, Command.Builder command, Ordering ordering, List<InvoiceLine> lines) {

    enum Kind {
        LOCATION_OPENED,
        ITEM_REGISTERED,
        GOODS_RECEIVED,
        SALE_RECORDED,
        RETURN_PROCESSED,
        STOCK_ADJUSTED;

        /** As the ledger names the fact. */
        String fact() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    Document {
        lines = List.copyOf(lines);
    }
}
