package io.stockledger.device.scan;

import io.stockledger.device.gs1.BarcodeReader;
import io.stockledger.device.gs1.CodeReading;
import io.stockledger.device.gs1.ElementString;
import io.stockledger.device.gs1.Elements;
import io.stockledger.device.gs1.InStoreItem;
import io.stockledger.device.gs1.InStoreScheme;
import io.stockledger.device.gs1.LogisticUnit;
import io.stockledger.device.gs1.OtherElements;
import io.stockledger.device.gs1.PlainText;
import io.stockledger.device.gs1.TradeItem;
import io.stockledger.device.gs1.UnreadableCode;
import io.stockledger.v1.CountLine;
import io.stockledger.v1.ItemRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Decides what one device's scans mean. The same state, frame and instant always give the same answer. */
public final class ScanInterpreter {

    private final ScanRules rules;
    private final BarcodeReader reader;
    private final ScanCommands commands;

    public ScanInterpreter(ScanRules rules) {
        this.rules = rules;
        this.reader = new BarcodeReader(rules.upcE());
        this.commands = new ScanCommands(rules);
    }

    public ScanRules rules() {
        return rules;
    }

    /**
     * What {@code frame} means to a device in {@code state}.
     *
     * @param documentId of the command, should it be one
     * @param readAt when it was scanned
     */
    public Interpretation interpret(DeviceState state, String frame, String documentId, Instant readAt) {
        CodeReading reading = reader.read(normal(frame));
        if (reading instanceof PlainText plain) {
            Optional<Control> control = Control.in(plain.text(), rules.controlPrefix());
            if (control.isPresent()) {
                return obey(state, control.get());
            }
        }
        Seen seen = seen(reading, state, readAt);
        if (seen instanceof Refused refused) {
            return new Interpretation.Park(state.afterRead(), refused.reason(), refused.detail());
        }
        Goods goods = ((Recognised) seen).goods();
        // Only a count may find that there is nothing.
        if (goods.quantity().signum() == 0 && state.mode() != Mode.COUNT) {
            return new Interpretation.Park(state.afterRead(), "ZERO_QUANTITY", frame + " (expected: more than 0)");
        }
        String description = describe(state.mode(), goods);
        return switch (state.mode()) {
            case LOOK_UP -> new Interpretation.Ask(state.afterRead(), goods.item(), description);
            case COUNT ->
                new Interpretation.Counted(
                        state.afterCountedRead(),
                        CountLine.newBuilder()
                                .setItem(goods.item())
                                .setQuantity(goods.quantity().toPlainString())
                                .build(),
                        description);
            case TRANSFER ->
                state.transferTo().isEmpty()
                        ? new Interpretation.Park(
                                state.afterRead(),
                                "NO_DESTINATION",
                                "transfer to: nowhere (expected: a TO- control barcode)")
                        : new Interpretation.Send(
                                state.afterRead(), commands.transfer(state, goods, documentId, readAt), description);
            case RECEIVE ->
                rules.supplier().isEmpty() && state.purchaseOrder().isEmpty()
                        ? new Interpretation.Park(
                                state.afterRead(),
                                "NO_SUPPLIER",
                                "from: nobody (expected: a supplier in the configuration, or a PO- control barcode)")
                        : new Interpretation.Send(
                                state.afterRead(), commands.receive(state, goods, documentId, readAt), description);
            case SELL ->
                new Interpretation.Send(state.afterRead(), commands.sell(goods, documentId, readAt), description);
            case RETURN ->
                new Interpretation.Send(
                        state.afterRead(), commands.takeBack(state, goods, documentId, readAt), description);
        };
    }

    /** The command of a closed count. */
    public ScanCommands commands() {
        return commands;
    }

    private String normal(String frame) {
        return rules.separator() == ElementString.SEPARATOR
                ? frame
                : frame.replace(rules.separator(), ElementString.SEPARATOR);
    }

    private static Interpretation obey(DeviceState state, Control control) {
        if (control instanceof Control.SwitchMode to) {
            return new Interpretation.Told(
                    state.in(to.mode()), "mode " + to.mode().word());
        }
        if (control instanceof Control.SetQuantity to) {
            return new Interpretation.Told(
                    state.withQuantity(to.quantity()),
                    "quantity " + to.quantity().toPlainString());
        }
        if (control instanceof Control.SetTransferTo to) {
            return new Interpretation.Told(state.withTransferTo(to.location()), "transfer to " + to.location());
        }
        if (control instanceof Control.SetPurchaseOrder to) {
            return new Interpretation.Told(state.withPurchaseOrder(to.reference()), "order " + to.reference());
        }
        if (control instanceof Control.SetSale to) {
            return new Interpretation.Told(state.withSale(to.id()), "sale " + to.id());
        }
        if (control instanceof Control.Cancel) {
            return new Interpretation.Told(state.withoutPending(), "cancelled");
        }
        if (control instanceof Control.Done) {
            return state.countFrom() == 0
                    ? new Interpretation.Park(state.afterRead(), "NO_OPEN_COUNT", "DONE (expected: a count with reads)")
                    : new Interpretation.CloseCount(state, state.countFrom());
        }
        String order = ((Control.Unknown) control).order();
        return new Interpretation.Park(
                state.afterRead(),
                "UNKNOWN_CONTROL",
                "control: " + order + " (expected: MODE-…, QTY-…, TO-…, PO-…, SALE-…, DONE or CANCEL)");
    }

    private sealed interface Seen {}

    private record Recognised(Goods goods) implements Seen {}

    private record Refused(String reason, String detail) implements Seen {}

    private Seen seen(CodeReading reading, DeviceState state, Instant readAt) {
        LocalDate today = LocalDate.ofInstant(readAt, ZoneOffset.UTC);
        if (reading instanceof TradeItem item) {
            return tradeItem(item, state, today);
        }
        if (reading instanceof InStoreItem item) {
            return inStore(item, state, today);
        }
        if (reading instanceof LogisticUnit unit) {
            return contents(unit, state, today);
        }
        if (reading instanceof PlainText plain) {
            return plainText(plain, state);
        }
        if (reading instanceof OtherElements other) {
            return new Refused("NO_ITEM", other.elements() + " (expected: a code that names goods)");
        }
        UnreadableCode unreadable = (UnreadableCode) reading;
        return new Refused(unreadable.reason().name(), unreadable.detail());
    }

    private static Seen tradeItem(TradeItem item, DeviceState state, LocalDate today) {
        Elements elements = item.elements();
        BigDecimal each = BigDecimal.ONE;
        if (item.gtin().variableMeasure()) {
            Optional<BigDecimal> measure = elements.metricMeasure().or(elements::count);
            if (measure.isEmpty()) {
                return new Refused(
                        "NO_MEASURE",
                        item.gtin() + " (expected: its weight, length, volume or count beside it, in metric units)");
            }
            each = measure.get();
        }
        return recognised(barcode(item.gtin().asRegistered()), each, state, elements, today);
    }

    private Seen inStore(InStoreItem item, DeviceState state, LocalDate today) {
        for (InStoreScheme scheme : rules.inStore()) {
            Optional<InStoreScheme.Parsed> parsed = scheme.parse(item);
            if (parsed.isPresent()) {
                return inStore(parsed.get(), state, item.elements(), today);
            }
        }
        return new Refused(
                "UNKNOWN_SCHEME", item.digits() + " (expected: one of the shop's own numbers " + rules.inStore() + ")");
    }

    /** How much it is stands in the number, or beside it where the number leaves that out or has 0 in its place. */
    private static Seen inStore(InStoreScheme.Parsed parsed, DeviceState state, Elements elements, LocalDate today) {
        Optional<BigDecimal> inNumber = parsed.weight().or(parsed::pieces);
        Optional<BigDecimal> beside = parsed.weight().isPresent()
                ? elements.metricMeasure()
                : parsed.pieces().isPresent()
                        ? elements.count()
                        : elements.metricMeasure().or(elements::count);
        Optional<BigDecimal> told =
                inNumber.filter(amount -> amount.signum() > 0).or(() -> beside);
        if (told.isPresent() && beside.isPresent() && told.get().compareTo(beside.get()) != 0) {
            return new Refused(
                    "TWO_MEASURES",
                    told.get().toPlainString() + " in the number, "
                            + beside.get().toPlainString() + " beside it (expected: the same)");
        }
        BigDecimal each = told.or(() -> inNumber).orElse(BigDecimal.ONE);
        return recognised(barcode(parsed.barcode()), each, state, elements, today, parsed.price());
    }

    private static Seen contents(LogisticUnit unit, DeviceState state, LocalDate today) {
        Optional<String> content = unit.elements().value("02");
        if (content.isEmpty()) {
            return new Refused("UNKNOWN_CONTENTS", "SSCC " + unit.sscc() + " (expected: its contents, (02) and (37))");
        }
        BigDecimal count = unit.elements().count().orElse(BigDecimal.ONE);
        return recognised(barcode(shortest(content.get())), count, state, unit.elements(), today);
    }

    private static String shortest(String fourteenDigits) {
        return fourteenDigits.startsWith("0") ? fourteenDigits.substring(1) : fourteenDigits;
    }

    private Seen plainText(PlainText plain, DeviceState state) {
        ItemRef item = switch (rules.plainText()) {
            case BARCODE -> barcode(plain.text());
            case SKU -> ItemRef.newBuilder().setSku(plain.text()).build();
            case PARK -> ItemRef.getDefaultInstance();
        };
        return rules.plainText() == PlainTextPolicy.PARK
                ? new Refused("NO_PRODUCT_CODE", plain.text() + " (expected: a GS1 code of goods)")
                : recognised(item, BigDecimal.ONE, state, Elements.NONE, LocalDate.EPOCH);
    }

    private static Seen recognised(
            ItemRef item, BigDecimal each, DeviceState state, Elements elements, LocalDate today) {
        return recognised(item, each, state, elements, today, Optional.empty());
    }

    private static Seen recognised(
            ItemRef item,
            BigDecimal each,
            DeviceState state,
            Elements elements,
            LocalDate today,
            Optional<BigDecimal> unitPrice) {
        BigDecimal times = state.quantity().orElse(BigDecimal.ONE);
        if (elements.serial().isPresent() && each.multiply(times).compareTo(BigDecimal.ONE) > 0) {
            return new Refused(
                    "SERIAL_TIMES_MANY",
                    "quantity: " + each.multiply(times).toPlainString() + " (expected: 1 of an item with a serial)");
        }
        return new Recognised(new Goods(
                item, each.multiply(times), elements.lot(), elements.expiry(today), elements.serial(), unitPrice));
    }

    private static ItemRef barcode(String code) {
        return ItemRef.newBuilder().setBarcode(code).build();
    }

    /** Without serial numbers: it goes into logs. */
    private static String describe(Mode mode, Goods goods) {
        String item =
                goods.item().hasSku() ? goods.item().getSku() : goods.item().getBarcode();
        return mode.word() + " " + goods.quantity().toPlainString() + " x " + item
                + goods.lot().map(lot -> " lot " + lot).orElse("");
    }
}
