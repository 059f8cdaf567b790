package io.stockledger.projections.history;

import io.stockledger.projections.history.HistoryView.Trace;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a question about history is put to the database.
 *
 * <p>Facts never change, so one index of them serves every question: an item's and a document's are found by their
 * streams, a command's stand next to one another, and for the rest the traces tell in which blocks to look.
 */
final class HistorySql {

    static final String OF_A_FACT = """
            f.position, f.stream, f.sequence, f.name, f.revision, f.recorded_at,
            (f.meta ->> 'businessTime')::timestamptz AS business_time, f.meta ->> 'command' AS command,
            f.meta ->> 'document' AS document, f.meta ->> 'tryId' AS try_id, f.meta ->> 'principal' AS principal,
            f.meta ->> 'device' AS device, f.meta -> 'metadata' AS metadata, f.meta ->> 'requestId' AS request_id,
            f.sku, f.payload
            """;

    private static final String PAGE = "SELECT " + OF_A_FACT + """
            , v.position AS view_position, v.head, v.behind_since,
                (SELECT min(p.position) FROM parked_fact p WHERE p.view = 'history' AND p.position > :above) AS parked
            FROM view_position v
            LEFT JOIN LATERAL ({found}) AS f ON true
            WHERE v.view = 'history'
            ORDER BY f.position {order}""";

    private static final String OF_ALL = """
            SELECT * FROM recorded_fact f
            WHERE {within} AND {conditions}
            ORDER BY f.position {order} LIMIT :most""";

    /** Where several traces lead to facts, those of each; a fact may stand in more than one. */
    private static final String OF_TRACES = """
            SELECT DISTINCT ON (f.position) * FROM ({inBlocksOfEach}) AS f
            ORDER BY f.position {order} LIMIT :most""";

    /**
     * What it told itself, its refused tries first, and what others told in its stream; and what the command told in other
     * streams whose try was accepted, which stands before that try's own fact.
     */
    private static final String OF_DOCUMENT = """
            SELECT * FROM (
                ({inStreams})
                UNION ALL
                (SELECT f.*
                FROM (
                    SELECT t.position, t.meta FROM recorded_fact t
                    WHERE t.stream = :document AND t.name <> 'command-refused'
                    ORDER BY t.sequence LIMIT 1) AS own
                JOIN recorded_fact f ON f.position < own.position AND f.position > coalesce(
                    (SELECT b.position FROM recorded_fact b
                    WHERE b.position < own.position AND b.meta ->> 'document' <> :document
                    ORDER BY b.position DESC LIMIT 1), 0)
                WHERE own.meta ->> 'document' = :document AND f.stream <> :document
                    AND {within} AND {conditions})
            ) AS f
            ORDER BY f.position {order} LIMIT :most""";

    private static final String OF_ITEM = """
            SELECT * FROM (({inStreams}) UNION ALL ({inBlocks})) AS f
            ORDER BY f.position {order} LIMIT :most""";

    private static final String OF_ITEM_AT_LOCATION = """
            SELECT * FROM ({inStreams}) AS f
            ORDER BY f.position {order} LIMIT :most""";

    private static final String IN_STREAMS = """
            SELECT f.* FROM ({streams}) AS s
            CROSS JOIN LATERAL (
                SELECT * FROM recorded_fact f
                WHERE f.stream = s.stream AND {withinStream} AND {within} AND {conditions}
                ORDER BY f.sequence {order} LIMIT :most) AS f""";

    private static final String IN_BLOCKS = """
            SELECT f.* FROM (
                SELECT t.block, t.which{narrowed} AS which FROM history_trace t
                WHERE t.kind = :{traced} AND t.value = :{trace}
                    AND t.block >= :above / :blockSize AND t.block <= :below / :blockSize
                ORDER BY t.block {order}) AS t
            CROSS JOIN LATERAL (
                SELECT * FROM recorded_fact f
                WHERE f.position >= t.block * :blockSize AND f.position < (t.block + 1) * :blockSize
                    AND get_bit(t.which, (f.position - t.block * :blockSize)::integer) = 1 AND {within} AND {conditions}
                ORDER BY f.position {order}) AS f
            WHERE t.which <> 0::bit(128)
            ORDER BY t.block {order}, f.position {order} LIMIT :most""";

    /** Of the facts to which a trace leads, those that stand in another too: no other is read. */
    private static final String NARROWED = """
            & (SELECT coalesce(bit_or(n.which), 0::bit(128)) FROM history_trace n
                WHERE n.kind = '{kind}' AND n.value = ANY ({values}) AND n.block = t.block)""";

    /** By leaps from one of the item's streams to the next. A sku may hold an @, a location doesn't. */
    private static final String STREAMS_OF_ITEM = """
            WITH RECURSIVE leap (stream) AS (
                (SELECT f.stream FROM recorded_fact f
                WHERE f.stream > 'stock:' || :sku || '@' AND f.stream < 'stock:' || :sku || 'A'
                ORDER BY f.stream LIMIT 1)
                UNION ALL
                SELECT (SELECT f.stream FROM recorded_fact f
                    WHERE f.stream > leap.stream AND f.stream < 'stock:' || :sku || 'A'
                    ORDER BY f.stream LIMIT 1)
                FROM leap WHERE leap.stream IS NOT NULL)
            SELECT stream FROM leap
            WHERE strpos(substr(stream, char_length('stock:' || :sku || '@') + 1), '@') = 0
            UNION ALL
            SELECT 'item:' || :sku
            UNION ALL
            SELECT 'whereabouts:' || :sku""";

    private static final String STREAMS_OF_ITEM_AT_LOCATION = """
            SELECT 'stock:' || :sku || '@' || :location AS stream
            UNION ALL
            SELECT 'whereabouts:' || :sku""";

    /** What all facts of a question have in common. */
    private static final String WITHIN = "f.position > :above AND f.position < :below AND f.position <= v.position";

    private static final String TELLS_OF = """
            EXISTS (
                SELECT FROM history_trace l
                WHERE l.kind = 'location' AND l.value = ANY ({locations}) AND l.block = f.position / :blockSize
                    AND get_bit(l.which, (f.position % :blockSize)::integer) = 1)""";

    /** Who is tied to more finds theirs among all facts soon enough. */
    private static final int MOST_TIES_AS_WAY_IN = 32;

    private HistorySql() {}

    /** The bound within a stream in the form that the index at hand can use. */
    enum Direction {
        OLDEST_FIRST("ASC", "f.sequence >= sequence_from(s.stream, :above)"),
        NEWEST_FIRST("DESC", "f.sequence < sequence_from(s.stream, :below)");

        private final String order;
        private final String withinStream;

        Direction(String order, String withinStream) {
            this.order = order;
            this.withinStream = withinStream;
        }
    }

    /**
     * @param values gets what the statement needs beside {@code above}, {@code below} and {@code most}
     */
    static String page(HistoryQuestion question, Direction direction, Map<String, Object> values) {
        values.put("blockSize", (long) HistoryView.BLOCK);
        return PAGE.replace("{found}", found(question, values))
                .replace("{conditions}", conditions(question, values))
                .replace("{within}", WITHIN)
                .replace("{withinStream}", direction.withinStream)
                .replace("{order}", direction.order);
    }

    /** The way in that leaves least to look through; the conditions see to the rest. */
    private static String found(HistoryQuestion question, Map<String, Object> values) {
        if (question.document() != null) {
            values.put("document", question.document());
            return OF_DOCUMENT.replace("{inStreams}", IN_STREAMS.replace("{streams}", "SELECT :document AS stream"));
        }
        if (question.sku() != null && question.location() != null) {
            return OF_ITEM_AT_LOCATION.replace(
                    "{inStreams}", IN_STREAMS.replace("{streams}", STREAMS_OF_ITEM_AT_LOCATION));
        }
        if (question.sku() != null) {
            return OF_ITEM.replace("{inStreams}", IN_STREAMS.replace("{streams}", STREAMS_OF_ITEM))
                    .replace(
                            "{inBlocks}",
                            trace(Trace.SKU, question.sku(), values)
                                    .replace("{narrowed}", "")
                                    .replace("{conditions}", "f.stream LIKE 'barcode:%' AND {conditions}"));
        }
        if (question.device() != null) {
            return trace(Trace.DEVICE, question.device(), values).replace("{narrowed}", narrowed(question, values));
        }
        if (question.principal() != null) {
            return trace(Trace.PRINCIPAL, question.principal(), values)
                    .replace("{narrowed}", narrowed(question, values));
        }
        if (isFoundByLocation(question)) {
            return trace(Trace.LOCATION, String.valueOf(question.location()), values)
                    .replace("{narrowed}", narrowed(question.withLocation(null), values));
        }
        if (!question.tiedTo().isEmpty() && question.tiedTo().size() <= MOST_TIES_AS_WAY_IN) {
            return ofTraces(Trace.LOCATION, withNowhere(question.tiedTo()), values)
                    .replace("{narrowed}", narrowed(question.tiedTo(Set.of()), values));
        }
        if (!question.names().isEmpty()) {
            return ofTraces(Trace.NAME, question.names(), values)
                    .replace("{narrowed}", narrowed(question.withNames(Set.of()), values));
        }
        return OF_ALL;
    }

    private static String ofTraces(String kind, Set<String> among, Map<String, Object> values) {
        List<String> inBlocks = new ArrayList<>();
        for (String value : new TreeSet<>(among)) {
            inBlocks.add("(" + trace(kind, value, values) + ")");
        }
        return OF_TRACES.replace("{inBlocksOfEach}", String.join(" UNION ALL ", inBlocks));
    }

    /** What is known of the facts without reading them. */
    private static String narrowed(HistoryQuestion question, Map<String, Object> values) {
        StringBuilder narrowed = new StringBuilder();
        narrow(narrowed, Trace.NAME, "onlyNames", question.names(), values);
        narrow(narrowed, Trace.LOCATION, "onlyAt", Set.copyOf(atMostOne(question.location())), values);
        narrow(narrowed, Trace.LOCATION, "onlyTiedTo", withNowhere(question.tiedTo()), values);
        return narrowed.toString();
    }

    private static void narrow(
            StringBuilder narrowed, String kind, String name, Set<String> among, Map<String, Object> values) {
        if (!among.isEmpty()) {
            narrowed.append(NARROWED.replace("{kind}", kind).replace("{values}", "ARRAY[:" + name + "]"));
            values.put(name, among);
        }
    }

    private static List<String> atMostOne(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    /** With what happened nowhere in particular; empty where nobody is tied. */
    private static Set<String> withNowhere(Set<String> tiedTo) {
        Set<String> allowed = new TreeSet<>(tiedTo);
        if (!allowed.isEmpty()) {
            allowed.add(Trace.NO_LOCATION);
        }
        return allowed;
    }

    /** Whether its trace is the way in, which leads to no other facts. */
    private static boolean isFoundByLocation(HistoryQuestion question) {
        return question.location() != null
                && question.document() == null
                && question.sku() == null
                && question.device() == null
                && question.principal() == null;
    }

    private static String trace(String kind, String value, Map<String, Object> values) {
        String traced = "traced" + values.size();
        String trace = "trace" + values.size();
        values.put(traced, kind);
        values.put(trace, value);
        return IN_BLOCKS.replace("{traced}", traced).replace("{trace}", trace);
    }

    private static String conditions(HistoryQuestion question, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        require("f.sku", "sku", question.sku(), conditions, values);
        require("f.meta ->> 'device'", "device", question.device(), conditions, values);
        require("f.meta ->> 'principal'", "principal", question.principal(), conditions, values);
        if (!question.names().isEmpty()) {
            conditions.add("f.name IN (:names)");
            values.put("names", question.names());
        }
        if (question.recordedFrom() != null) {
            conditions.add("f.recorded_at >= :recordedFrom");
            values.put("recordedFrom", question.recordedFrom().atOffset(ZoneOffset.UTC));
        }
        if (question.recordedBefore() != null) {
            conditions.add("f.recorded_at < :recordedBefore");
            values.put("recordedBefore", question.recordedBefore().atOffset(ZoneOffset.UTC));
        }
        if (question.location() != null && !isFoundByLocation(question)) {
            conditions.add(TELLS_OF.replace("{locations}", "ARRAY[:location]"));
            values.put("location", question.location());
        }
        if (!question.tiedTo().isEmpty()) {
            conditions.add(TELLS_OF.replace("{locations}", "ARRAY[:tiedTo]"));
            values.put("tiedTo", withNowhere(question.tiedTo()));
        }
        return String.join(" AND ", conditions);
    }

    private static void require(
            String column, String name, @Nullable String value, List<String> conditions, Map<String, Object> values) {
        if (value != null) {
            conditions.add(column + " = :" + name);
            values.put(name, value);
        }
    }
}
