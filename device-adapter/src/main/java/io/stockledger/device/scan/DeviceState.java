package io.stockledger.device.scan;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a device remembers between scans. Kept in the journal together with each read, so that it survives whatever
 * happens to the process.
 *
 * @param sequence of the last read, 0 before the first; never goes back
 * @param quantity of the next read of goods, when a count barcode named one
 * @param transferTo destination of transfers
 * @param purchaseOrder that goods received belong to; may be empty
 * @param sale that goods brought back belong to; empty for goods without a receipt
 * @param countFrom the first read of the open count, 0 if none is open
 */
public record DeviceState(
        long sequence,
        Mode mode,
        Optional<BigDecimal> quantity,
        String transferTo,
        String purchaseOrder,
        String sale,
        long countFrom) {

    /** A device that never read anything. */
    public static DeviceState first(ScanRules rules) {
        return new DeviceState(0, rules.firstMode(), Optional.empty(), rules.transferTo(), "", "", 0);
    }

    /** After a read that took the pending quantity with it. */
    DeviceState afterRead() {
        return new DeviceState(sequence + 1, mode, Optional.empty(), transferTo, purchaseOrder, sale, countFrom);
    }

    DeviceState afterCountedRead() {
        long from = countFrom == 0 ? sequence + 1 : countFrom;
        return new DeviceState(sequence + 1, mode, Optional.empty(), transferTo, purchaseOrder, sale, from);
    }

    /** A pending quantity and an open count belong to the mode they were begun in. */
    public DeviceState in(Mode next) {
        return new DeviceState(sequence, next, Optional.empty(), transferTo, purchaseOrder, "", 0);
    }

    DeviceState withQuantity(BigDecimal next) {
        return new DeviceState(sequence, mode, Optional.of(next), transferTo, purchaseOrder, sale, countFrom);
    }

    DeviceState withTransferTo(String next) {
        return new DeviceState(sequence, mode, quantity, next, purchaseOrder, sale, countFrom);
    }

    DeviceState withPurchaseOrder(String next) {
        return new DeviceState(sequence, mode, quantity, transferTo, next, sale, countFrom);
    }

    DeviceState withSale(String next) {
        return new DeviceState(sequence, mode, quantity, transferTo, purchaseOrder, next, countFrom);
    }

    DeviceState withoutPending() {
        return new DeviceState(sequence, mode, Optional.empty(), transferTo, purchaseOrder, "", 0);
    }

    /** After the count was closed by commands of its own, one for each of their ids. */
    public DeviceState afterCountClosed(int commands) {
        return new DeviceState(sequence + commands, mode, Optional.empty(), transferTo, purchaseOrder, sale, 0);
    }
}
