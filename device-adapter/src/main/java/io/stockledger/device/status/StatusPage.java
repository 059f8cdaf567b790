package io.stockledger.device.status;

import io.stockledger.device.journal.Read;
import io.stockledger.device.line.ControlCharacters;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The status for people: one page, no scripts, new every five seconds. */
final class StatusPage {

    private static final String HEAD = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
            <title>Scanners</title><style>
            body{font:16px/1.4 system-ui,sans-serif;margin:2rem;color:#222;background:#fff}
            table{border-collapse:collapse;width:100%;margin:0 0 2rem}
            th,td{text-align:left;padding:.4rem .8rem;border-bottom:1px solid #ddd;vertical-align:top}
            th{font-weight:600;color:#555} .good{color:#176b2c} .bad{color:#a51d1d} code{font-size:.9em}
            @media (prefers-color-scheme:dark){body{color:#ddd;background:#181818}th{color:#aaa}
            th,td{border-color:#444}.good{color:#6fd38a}.bad{color:#ff9a9a}}
            </style></head><body><h1>Scanners</h1>
            """;

    private StatusPage() {}

    static String render(StatusReport.Now now) {
        StringBuilder page = new StringBuilder(HEAD);
        ledger(page, now);
        page.append("<h2>Devices</h2><table><tr><th>device</th><th>state</th><th>mode</th><th>last read</th>"
                + "<th>waiting</th><th>parked</th><th>source</th></tr>");
        for (StatusReport.Device device : now.devices()) {
            device(page, device, now.at());
        }
        page.append("</table>");
        parked(page, now.parked());
        errors(page, now.devices());
        return page.append("</body></html>\n").toString();
    }

    private static void ledger(StringBuilder page, StatusReport.Now now) {
        String problem = now.ledger().problem();
        page.append("<p>Ledger: ");
        if (problem.isEmpty()) {
            page.append("<span class=\"good\">answers</span>");
        } else {
            page.append("<span class=\"bad\">")
                    .append(
                            now.ledger().needsAPerson()
                                    ? "does not let us in, ask for help: "
                                    : "away, reads are kept: ")
                    .append(escaped(problem))
                    .append("</span>");
        }
        page.append(", ").append(now.ledger().accepted()).append(" accepted and ");
        page.append(now.ledger().refused()).append(" refused since the start");
        now.ledger().lastAnswer().ifPresent(at -> page.append(", last answer ").append(ago(at, now.at())));
        now.ledger()
                .clockAhead()
                .filter(ahead -> ahead.abs().compareTo(Duration.ofMinutes(1)) > 0)
                .ifPresent(ahead -> page.append(". <span class=\"bad\">This machine's clock is ")
                        .append(ahead.abs().toSeconds())
                        .append(ahead.isNegative() ? " s behind" : " s ahead")
                        .append("</span>"));
        page.append(".</p>");
    }

    private static void device(StringBuilder page, StatusReport.Device device, Instant now) {
        page.append("<tr><td>").append(escaped(device.name())).append("<br>").append(escaped(device.location()));
        page.append("</td><td>")
                .append(
                        device.board().connected()
                                ? "<span class=\"good\">connected</span>"
                                : "<span class=\"bad\">not connected</span><br>"
                                        + escaped(device.board().why()));
        page.append("</td><td>").append(escaped(device.mode()));
        device.quantity().ifPresent(quantity -> page.append(" × ").append(quantity.toPlainString()));
        page.append("</td><td>");
        device.board()
                .lastRead()
                .ifPresent(
                        last -> page.append(escaped(last.text())).append("<br>").append(ago(last.at(), now)));
        page.append("</td><td>").append(device.backlog().pending());
        device.backlog().since().ifPresent(since -> page.append("<br>oldest ").append(ago(since, now)));
        page.append("</td><td>").append(device.backlog().parked());
        page.append("</td><td>").append(escaped(device.source())).append("<br>").append(escaped(device.profile()));
        page.append("</td></tr>");
    }

    private static void parked(StringBuilder page, List<Read> parked) {
        page.append("<h2>Parked reads</h2>");
        if (parked.isEmpty()) {
            page.append("<p>None.</p>");
            return;
        }
        page.append("<table><tr><th>device</th><th>read</th><th>at</th><th>mode</th><th>code</th><th>why</th></tr>");
        for (Read read : parked) {
            page.append("<tr><td>")
                    .append(escaped(read.device()))
                    .append("</td><td>")
                    .append(read.sequence());
            page.append("</td><td>").append(read.readAt().truncatedTo(ChronoUnit.SECONDS));
            page.append("</td><td>").append(read.mode().word()).append("</td><td><code>");
            page.append(escaped(ControlCharacters.written(read.raw()))).append("</code></td><td>");
            page.append(escaped(read.reason()))
                    .append("<br>")
                    .append(escaped(read.detail()))
                    .append("</td></tr>");
        }
        page.append("</table>");
    }

    private static void errors(StringBuilder page, List<StatusReport.Device> devices) {
        page.append("<h2>Errors</h2><table><tr><th>device</th><th>at</th><th>what</th></tr>");
        for (StatusReport.Device device : devices) {
            for (DeviceBoard.Note error : device.board().errors()) {
                page.append("<tr><td>").append(escaped(device.name())).append("</td><td>");
                page.append(error.at().truncatedTo(ChronoUnit.SECONDS)).append("</td><td>");
                page.append(escaped(error.text())).append("</td></tr>");
            }
        }
        page.append("</table>");
    }

    private static String ago(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s ago";
        }
        return seconds < 7_200 ? seconds / 60 + " min ago" : seconds / 3_600 + " h ago";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
