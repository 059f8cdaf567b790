package io.stockledger.api.wire;

import io.stockledger.document.Check;
import io.stockledger.document.Command;
import io.stockledger.document.DocumentRef;
import io.stockledger.document.DocumentRef.Kind;
import io.stockledger.document.InvalidCommand;
import io.stockledger.money.Amounts;
import io.stockledger.order.ConfirmReservation;
import io.stockledger.order.Price;
import io.stockledger.order.RecordSale;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sales as messages. */
final class SaleWire {

    static final List<CommandWire<?>> COMMANDS = List.of(
            CommandWire.of(io.stockledger.v1.RecordSale.getDefaultInstance(), SaleWire::record),
            CommandWire.of(io.stockledger.v1.ConfirmReservation.getDefaultInstance(), SaleWire::confirm));

    private SaleWire() {}

    static Command record(io.stockledger.v1.RecordSale message) {
        Amounts amounts = Amounts.in(message.getCurrency());
        List<RecordSale.Line> lines = Check.made(
                "lines",
                message.getLinesList(),
                line -> new RecordSale.Line(
                        WireFields.asked(line.getItem(), line.getQuantity()),
                        WireFields.price(amounts, "lines", line.getUnitPrice(), line.getTax(), line.getDiscount())));
        return new RecordSale(
                new DocumentRef(Kind.ORDER, message.getDocumentId()),
                message.getChannel(),
                message.getLocation(),
                message.getRegister(),
                lines,
                WireFields.charges(amounts, message.getChargesList()),
                WireFields.tenders(amounts, "tenders", message.getTendersList()),
                message.getCustomerReference(),
                message.getReservationId(),
                message.getGoodsHandedOver());
    }

    static Command confirm(io.stockledger.v1.ConfirmReservation message) {
        Amounts amounts = Amounts.in(message.getCurrency());
        Map<String, Price> prices = new HashMap<>();
        Check.each("prices", message.getPricesList(), price -> {
            Price before = prices.put(
                    price.getSku(),
                    WireFields.price(amounts, "prices", price.getUnitPrice(), price.getTax(), price.getDiscount()));
            if (before != null) {
                throw new InvalidCommand("prices.sku", "'" + price.getSku() + "' twice (expected: once)");
            }
        });
        return new ConfirmReservation(
                new DocumentRef(Kind.ORDER, message.getDocumentId()),
                message.getReservationId(),
                message.getRegister(),
                prices,
                WireFields.charges(amounts, message.getChargesList()),
                WireFields.tenders(amounts, "tenders", message.getTendersList()),
                message.getCustomerReference(),
                WireFields.version(message.hasExpectedVersion(), message.getExpectedVersion()));
    }
}
