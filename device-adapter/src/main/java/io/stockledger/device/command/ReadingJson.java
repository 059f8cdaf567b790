package io.stockledger.device.command;

import io.stockledger.device.gs1.CodeReading;
import io.stockledger.device.gs1.Elements;
import io.stockledger.device.gs1.InStoreItem;
import io.stockledger.device.gs1.LogisticUnit;
import io.stockledger.device.gs1.OtherElements;
import io.stockledger.device.gs1.PlainText;
import io.stockledger.device.gs1.TradeItem;
import io.stockledger.device.gs1.UnreadableCode;
import io.stockledger.device.line.ControlCharacters;
import java.math.BigDecimal;
import java.time.LocalDate;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a code says, in one line for people and programs. What it does not say is left out. */
final class ReadingJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReadingJson() {}

    /** @param today from which the century of an expiry is told */
    static String line(String code, CodeReading reading, LocalDate today) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("code", printable(code));
        if (reading instanceof TradeItem item) {
            line.put("is", "trade-item");
            line.put("barcode", item.gtin().asRegistered());
            elements(line, item.elements(), today);
        } else if (reading instanceof InStoreItem item) {
            line.put("is", "in-store-item");
            line.put("barcode", item.digits());
            elements(line, item.elements(), today);
        } else if (reading instanceof LogisticUnit unit) {
            line.put("is", "logistic-unit");
            line.put("sscc", unit.sscc());
            elements(line, unit.elements(), today);
        } else if (reading instanceof OtherElements other) {
            line.put("is", "other-elements");
            elements(line, other.elements(), today);
        } else if (reading instanceof PlainText plain) {
            line.put("is", "plain-text");
            line.put("text", plain.text());
        } else {
            UnreadableCode unreadable = (UnreadableCode) reading;
            line.put("is", "unreadable");
            line.put("reason", unreadable.reason().name());
            line.put("detail", unreadable.detail());
        }
        return MAPPER.writeValueAsString(line);
    }

    private static void elements(ObjectNode line, Elements elements, LocalDate today) {
        if (!elements.equals(Elements.NONE)) {
            line.put("elements", elements.toString());
        }
        elements.lot().ifPresent(lot -> line.put("lot", lot));
        elements.expiry(today).ifPresent(day -> line.put("expiry", day.toString()));
        elements.serial().ifPresent(serial -> line.put("serial", serial));
        elements.metricMeasure()
                .or(elements::count)
                .map(BigDecimal::toPlainString)
                .ifPresent(quantity -> line.put("quantity", quantity));
    }

    /** As it was given, but for what would not show. */
    private static String printable(String code) {
        return ControlCharacters.written(code).replace("<3C>", "<");
    }
}
