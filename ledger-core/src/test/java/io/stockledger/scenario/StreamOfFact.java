package io.stockledger.scenario;

import io.stockledger.document.Fact;
import io.stockledger.item.ItemFact.BarcodeAssigned;
import io.stockledger.item.ItemFact.BarcodeWithdrawn;
import io.stockledger.item.ItemFact.ItemChanged;
import io.stockledger.item.ItemFact.ItemRegistered;
import io.stockledger.location.LocationFact;
import io.stockledger.order.OrderFact.OrderReturned;
import io.stockledger.order.OrderFact.SaleRecorded;
import io.stockledger.reservation.ReservationFact;
import io.stockledger.stock.StockFact;
import io.stockledger.stock.WhereaboutsFact.FirstStocked;

/** Which stream a fact that a scenario gives belongs to; written down here a second time, on purpose. */
final class StreamOfFact {

    private StreamOfFact() {}

    static String of(Fact fact) {
        if (fact instanceof StockFact stock) {
            return "stock:" + stock.sku() + "@" + stock.location();
        }
        if (fact instanceof FirstStocked first) {
            return "whereabouts:" + first.sku();
        }
        if (fact instanceof LocationFact) {
            return "locations:all";
        }
        if (fact instanceof ItemRegistered registered) {
            return "item:" + registered.sku();
        }
        if (fact instanceof ItemChanged changed) {
            return "item:" + changed.sku();
        }
        if (fact instanceof BarcodeAssigned assigned) {
            return barcode(assigned.barcode().code());
        }
        if (fact instanceof BarcodeWithdrawn withdrawn) {
            return barcode(withdrawn.code());
        }
        if (fact instanceof ReservationFact reservation) {
            return "reservation:" + reservation.reservation();
        }
        if (fact instanceof SaleRecorded recorded) {
            return "order:" + recorded.order();
        }
        if (fact instanceof OrderReturned returned) {
            return "order:" + returned.order();
        }
        throw new AssertionError("no stream for a given " + fact);
    }

    private static String barcode(String code) {
        boolean gtin = code.matches("\\d{8}|\\d{12}|\\d{13}");
        return "barcode:" + (gtin ? "0".repeat(14 - code.length()) + code : code);
    }
}
