package io.stockledger.device.scan;

import io.stockledger.v1.ItemRef;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One line of goods, as the code and the pending quantity say it.
 *
 * @param quantity in the item's unit, or in packs when the ledger knows a pack size for the barcode
 * @param unitPrice when the code carried a price
 */
record Goods(
        ItemRef item,
        BigDecimal quantity,
        Optional<String> lot,
        Optional<LocalDate> expiry,
        Optional<String> serial,
        Optional<BigDecimal> unitPrice) {}
