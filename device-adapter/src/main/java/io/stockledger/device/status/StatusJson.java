package io.stockledger.device.status;

import io.stockledger.device.journal.Read;
import io.stockledger.device.line.ControlCharacters;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status for programs. Instants are ISO 8601 in UTC; raw codes have control characters as {@code <hex>}. */
final class StatusJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StatusJson() {}

    static String render(StatusReport.Now now) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("at", now.at().toString());
        ObjectNode ledger = root.putObject("ledger");
        ledger.put("accepted", now.ledger().accepted());
        ledger.put("refused", now.ledger().refused());
        ledger.put("unanswered", now.ledger().unanswered());
        now.ledger().lastAnswer().ifPresent(at -> ledger.put("lastAnswer", at.toString()));
        ledger.put("problem", now.ledger().problem());
        ledger.put("needsAPerson", now.ledger().needsAPerson());
        now.ledger().clockAhead().ifPresent(ahead -> ledger.put("clockAheadMillis", ahead.toMillis()));
        ArrayNode devices = root.putArray("devices");
        for (StatusReport.Device device : now.devices()) {
            device(devices.addObject(), device);
        }
        ArrayNode parked = root.putArray("parked");
        for (Read read : now.parked()) {
            ObjectNode row = parked.addObject();
            row.put("device", read.device());
            row.put("sequence", read.sequence());
            row.put("readAt", read.readAt().toString());
            row.put("mode", read.mode().word());
            row.put("raw", ControlCharacters.written(read.raw()));
            row.put("reason", read.reason());
            row.put("detail", read.detail());
        }
        return MAPPER.writeValueAsString(root);
    }

    private static void device(ObjectNode row, StatusReport.Device device) {
        row.put("name", device.name());
        row.put("location", device.location());
        row.put("source", device.source());
        row.put("profile", device.profile());
        row.put("mode", device.mode());
        device.quantity().ifPresent(quantity -> row.put("quantityOfNext", quantity.toPlainString()));
        row.put("connected", device.board().connected());
        row.put("why", device.board().why());
        row.put("sequence", device.sequence());
        row.put("readsSinceStart", device.board().reads());
        device.board().lastRead().ifPresent(last -> {
            row.put("lastReadAt", last.at().toString());
            row.put("lastRead", last.text());
        });
        row.put("waiting", device.backlog().pending());
        device.backlog().since().ifPresent(since -> row.put("waitingSince", since.toString()));
        row.put("parked", device.backlog().parked());
        ArrayNode errors = row.putArray("errors");
        for (DeviceBoard.Note error : device.board().errors()) {
            errors.addObject().put("at", error.at().toString()).put("text", error.text());
        }
    }
}
