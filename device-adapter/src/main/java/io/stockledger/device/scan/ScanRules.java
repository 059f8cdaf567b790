package io.stockledger.device.scan;

import io.stockledger.device.gs1.BarcodeReader.UpcEForm;
import io.stockledger.device.gs1.InStoreScheme;
import io.stockledger.v1.Disposition;
import java.util.List;

/**
 * What a device's scans are made into, from its configuration.
 *
 * @param device unique name; goes into every document id
 * @param location where the device stands
 * @param channel of sales and returns
 * @param currency ISO 4217, of prices that are printed into codes; empty: such prices are not recorded
 * @param firstMode before any control barcode was read
 * @param controlPrefix what the device's own control barcodes begin with; empty: it obeys none
 * @param supplier of goods received; empty: a control barcode must name a purchase order first
 * @param transferTo the destination before a control barcode names one; may be empty
 * @param returnReason of goods brought back
 * @param returnDisposition the condition that goods brought back are booked as
 * @param plainText what to make of codes without GS1 meaning
 * @param upcE how the scanner sends UPC-E
 * @param separator what the scanner sends for FNC1
 * @param inStore the shop's own numbers; the first scheme that fits is taken
 */
public record ScanRules(
        String device,
        String location,
        String channel,
        String currency,
        Mode firstMode,
        String controlPrefix,
        String supplier,
        String transferTo,
        String returnReason,
        Disposition returnDisposition,
        PlainTextPolicy plainText,
        UpcEForm upcE,
        char separator,
        List<InStoreScheme> inStore) {}
