package io.stockledger.device.scan;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a control barcode asks a device to do. It is the device's own prefix and one of {@code MODE-SELL}, {@code QTY-12},
 * {@code TO-berlin-2}, {@code PO-4711}, {@code SALE-0815}, {@code DONE} and {@code CANCEL}.
 */
public sealed interface Control {

    /** From now on, scans of goods are something else. */
    record SwitchMode(Mode mode) implements Control {}

    /** The next scan stands for so many. */
    record SetQuantity(BigDecimal quantity) implements Control {}

    /** From now on, transfers go there. */
    record SetTransferTo(String location) implements Control {}

    /** From now on, goods received belong to this purchase order. */
    record SetPurchaseOrder(String reference) implements Control {}

    /** From now on, goods brought back belong to this sale. */
    record SetSale(String id) implements Control {}

    /** The count is complete. */
    record Done() implements Control {}

    /** Forget the pending quantity and the open count. */
    record Cancel() implements Control {}

    /** Printed for this device, but nothing that it understands. */
    record Unknown(String order) implements Control {}

    Pattern QUANTITY = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");
    Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    /** Empty if the text does not begin with the prefix, or the device has none. */
    static Optional<Control> in(String text, String prefix) {
        return prefix.isEmpty() || !text.startsWith(prefix)
                ? Optional.empty()
                : Optional.of(of(text.substring(prefix.length())));
    }

    private static Control of(String order) {
        if (order.equals("DONE")) {
            return new Done();
        }
        if (order.equals("CANCEL")) {
            return new Cancel();
        }
        int dash = order.indexOf('-');
        String value = order.substring(dash + 1);
        return switch (dash < 0 ? "" : order.substring(0, dash)) {
            case "MODE" -> Mode.ofWord(value).<Control>map(SwitchMode::new).orElse(new Unknown(order));
            case "QTY" ->
                QUANTITY.matcher(value).matches() ? new SetQuantity(new BigDecimal(value)) : new Unknown(order);
            case "TO" -> CODE.matcher(value).matches() ? new SetTransferTo(value) : new Unknown(order);
            case "PO" -> CODE.matcher(value).matches() ? new SetPurchaseOrder(value) : new Unknown(order);
            case "SALE" -> CODE.matcher(value).matches() ? new SetSale(value) : new Unknown(order);
            default -> new Unknown(order);
        };
    }
}
