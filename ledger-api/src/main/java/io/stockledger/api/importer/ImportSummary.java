package io.stockledger.api.importer;

import io.stockledger.api.client.Verdict;
import io.stockledger.v1.AcceptedLine;
import io.stockledger.v1.ProcessReturn;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Counts what became of the documents, and says so in one line of JSON. */
final class ImportSummary {

    /** Somebody else opened it, and it is there. */
    private static final String LOCATION_IS_OPEN = "LOCATION_IS_OPEN";

    private static final double MILLIS_PER_SECOND = 1_000;

    private final SortedMap<String, Integer> facts = new TreeMap<>();
    private final SortedMap<String, Integer> refusedSetUp = new TreeMap<>();
    private int documents;
    private int repeated;
    private int matchedReturns;
    private int blindReturns;
    private int shortfalls;
    private long position;

    synchronized void settled(Document document, Verdict verdict) {
        documents++;
        if (verdict instanceof Verdict.Taken taken) {
            facts.merge(document.kind().fact(), 1, Integer::sum);
            if (taken.answer().getRepeated()) {
                repeated++;
            }
            ProcessReturn back = document.command().getProcessReturn();
            if (back.getLinesCount() > 0) {
                boolean blind = back.getOrderId().isEmpty();
                blindReturns += blind ? 1 : 0;
                matchedReturns += blind ? 0 : 1;
            }
            for (AcceptedLine line : taken.answer().getLinesList()) {
                shortfalls += line.getShortfall().isEmpty() ? 0 : 1;
            }
            position = Math.max(position, taken.answer().getPosition());
        } else if (verdict instanceof Verdict.Refused refused
                && document.lines().isEmpty()
                && !refused.reason().equals(LOCATION_IS_OPEN)) {
            refusedSetUp.merge(document.kind().fact() + ": " + refused.reason(), 1, Integer::sum);
        }
    }

    /** Whether all that the lines need was accepted. */
    synchronized boolean isSetUp() {
        return refusedSetUp.isEmpty();
    }

    /**
     * {@code facts} counts documents by the fact that they became, in this run or an earlier one; {@code refusals}
     * counts lines of the file by reason, so that it adds up to {@code lines.refused}; {@code lines.waiting} are those that
     * depend on one that cannot be read; {@code setUpRefusals} counts documents that stand for no line of the file, such
     * as items.
     */
    synchronized String json(int rows, ImportReport report, long resent, Duration took) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("linesRead", rows);
        summary.put("documents", documents);
        summary.put("facts", facts);
        summary.put("refusals", report.refusedByReason());
        summary.put("lines", lines(report));
        summary.put("repeated", repeated);
        summary.put("returns", Map.of("matched", matchedReturns, "blind", blindReturns));
        summary.put("shortfalls", shortfalls);
        summary.put("setUpRefusals", refusedSetUp);
        summary.put("sentAgain", resent);
        summary.put("position", position);
        summary.put("timeZone", Invoice.SHOP_TIME.getId());
        summary.put("seconds", took.toMillis() / MILLIS_PER_SECOND);
        return JsonMapper.shared().writeValueAsString(summary);
    }

    private static Map<String, Integer> lines(ImportReport report) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        lines.put("facts", report.acceptedLines());
        lines.put("refused", report.refusedLines());
        lines.put("waiting", report.waitingLines());
        return lines;
    }
}
