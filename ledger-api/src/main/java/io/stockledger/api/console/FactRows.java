package io.stockledger.api.console;

import io.stockledger.projections.history.HistoryFact;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts as a table shows them.
 *
 * @param next where the link to more leads; null on the last page
 */
record FactRows(List<Row> rows, @Nullable String next) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LATE = Duration.ofMinutes(1);

    /**
     * @param recordedLate when it was recorded, where that was long after it happened; null otherwise
     * @param source the stream, the place in it and the command
     * @param tryId null for the document's own id
     * @param metadata what the sender keeps with the document
     */
    record Row(
            long position,
            String happened,
            @Nullable String recordedLate,
            String sentence,
            String payload,
            String source,
            String document,
            @Nullable String tryId,
            Map<String, String> metadata,
            String principal,
            @Nullable String device) {}

    static FactRows of(List<HistoryFact> facts, @Nullable String next) {
        return new FactRows(facts.stream().map(FactRows::row).toList(), next);
    }

    private static Row row(HistoryFact fact) {
        Duration delay = Duration.between(fact.businessTime(), fact.recordedAt());
        String late = delay.compareTo(LATE) > 0 ? "recorded " + Times.text(delay) + " later" : null;
        return new Row(
                fact.position(),
                Times.text(fact.businessTime()),
                late,
                FactSentences.of(fact.name(), JSON.readTree(fact.payload())),
                fact.payload(),
                fact.stream() + " #" + fact.sequence() + ", " + fact.name() + " revision " + fact.revision()
                        + ", by command " + fact.command()
                        + ", recorded " + Times.text(fact.recordedAt()) + " UTC"
                        + (fact.requestId() == null ? "" : ", by request " + fact.requestId()),
                fact.document(),
                fact.tryId(),
                fact.metadata(),
                fact.principal(),
                fact.device());
    }
}
