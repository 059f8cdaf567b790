package io.stockledger.item;

import io.stockledger.document.Refusal;
import io.stockledger.quantity.Unit;
import java.math.BigDecimal;

/** Why an item, its barcode or its unit stands in the way. */
public sealed interface ItemRefusal extends Refusal {

    record UnknownItem(String sku) implements ItemRefusal {
        @Override
        public String message() {
            return "Item '" + sku + "' is not registered (expected: the SKU of a registered item).";
        }
    }

    record UnknownBarcode(String barcode) implements ItemRefusal {
        @Override
        public String message() {
            return "Barcode '" + barcode + "' names no item (expected: a barcode of a registered item).";
        }
    }

    /** For example half a piece. */
    record QuantityDoesNotFitUnit(String sku, BigDecimal quantity, Unit unit) implements ItemRefusal {
        @Override
        public String message() {
            return "Quantity " + quantity.toPlainString() + " of item '" + sku + "' does not fit its unit "
                    + unit.code() + " (expected: at most " + unit.decimals() + " decimals and below 10^12).";
        }
    }

    record UnitIsFixed(String sku, Unit unit, Unit requested) implements ItemRefusal {
        @Override
        public String message() {
            return "Item '" + sku + "' is kept in " + unit.code() + " and cannot change to " + requested.code() + ".";
        }
    }

    record BarcodeTaken(String barcode, String sku) implements ItemRefusal {
        @Override
        public String message() {
            return "Barcode '" + barcode + "' already names item '" + sku + "' (expected: one item per barcode).";
        }
    }
}
