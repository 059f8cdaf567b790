package io.stockledger.projections.history;

import io.stockledger.eventstore.FactJson;
import io.stockledger.projections.history.HistoryView.Trace;
import io.stockledger.projections.view.AsOf;
import io.stockledger.projections.view.Freshness;
import io.stockledger.projections.view.ViewBehind;
import io.stockledger.projections.view.Views;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * What happened. Throws {@link ViewBehind} when the view does not reach the position that was asked for in time, and
 * {@link DataAccessException} when the database does not answer.
 *
 * <p>Facts never change, so one index of them serves every question: an item's and a document's are found by their
 * streams, a command's stand next to one another, and for the rest the traces tell in which blocks to look.
 */
public final class HistoryQueries {

    public static final int MOST_PER_PAGE = 1_000;

    private static final String OF_A_FACT = """
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

    private static final String OF_STREAMS = "SELECT " + OF_A_FACT + """
            FROM recorded_fact f
            WHERE f.stream IN (:streams) AND f.position <= (SELECT v.position FROM view_position v WHERE v.view = 'history')
            ORDER BY f.stream, f.sequence""";

    private static final String OF_ALL = """
            SELECT * FROM recorded_fact f
            WHERE {within} AND {conditions}
            ORDER BY f.position {order} LIMIT :most""";

    /** Where there are several names, the facts of each. */
    private static final String OF_NAMES = """
            SELECT * FROM ({inBlocksOfEach}) AS f
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
                SELECT t.block, t.which FROM history_trace t
                WHERE t.kind = :{traced} AND t.value = :{trace}
                    AND t.block >= :above / :blockSize AND t.block <= :below / :blockSize
                ORDER BY t.block {order}) AS t
            CROSS JOIN LATERAL (
                SELECT * FROM recorded_fact f
                WHERE f.position >= t.block * :blockSize AND f.position < (t.block + 1) * :blockSize
                    AND get_bit(t.which, (f.position - t.block * :blockSize)::integer) = 1 AND {within} AND {conditions}
                ORDER BY f.position {order}) AS f
            ORDER BY t.block {order}, f.position {order} LIMIT :most""";

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

    /** Clocks of two nodes may be that far apart, so that positions and record times don't quite have one order. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private static final String POSITION_FROM =
            "SELECT position_from(:at, (SELECT position FROM view_position WHERE view = 'history'))";

    /** What all facts of a question have in common. */
    private static final String WITHIN = "f.position > :above AND f.position < :below AND f.position <= v.position";

    private static final String TELLS_OF = """
            EXISTS (
                SELECT FROM history_trace l
                WHERE l.kind = 'location' AND l.value = ANY ({locations}) AND l.block = f.position / :blockSize
                    AND get_bit(l.which, (f.position % :blockSize)::integer) = 1)""";

    private final NamedParameterJdbcTemplate jdbc;
    private final Views views;

    public HistoryQueries(DataSource dataSource, Views views) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.views = views;
    }

    /** Facts in the order in which they were recorded. */
    public HistoryPage oldestFirst(HistoryQuestion question, int most, Freshness freshness) {
        return oldestFirst(question, 0, most, freshness);
    }

    /** @param afterPosition {@link HistoryPage#next} of the page before */
    public HistoryPage oldestFirst(HistoryQuestion question, long afterPosition, int most, Freshness freshness) {
        return oldestFirst(question, afterPosition, Long.MAX_VALUE, most, freshness);
    }

    /** @param upTo the last position to look at, for a question that few facts answer */
    public HistoryPage oldestFirst(
            HistoryQuestion question, long afterPosition, long upTo, int most, Freshness freshness) {
        long below = upTo == Long.MAX_VALUE ? upTo : upTo + 1;
        return page(question, Direction.OLDEST_FIRST, afterPosition, below, most, freshness);
    }

    /** Facts from the latest back. */
    public HistoryPage newestFirst(HistoryQuestion question, int most, Freshness freshness) {
        return newestFirst(question, Long.MAX_VALUE, most, freshness);
    }

    /** @param beforePosition {@link HistoryPage#next} of the page before */
    public HistoryPage newestFirst(HistoryQuestion question, long beforePosition, int most, Freshness freshness) {
        return page(question, Direction.NEWEST_FIRST, 0, beforePosition, most, freshness);
    }

    /** All facts of some streams, each stream's in their order, as far as the view has seen them. */
    public List<HistoryFact> ofStreams(Collection<String> streams) {
        return streams.isEmpty()
                ? List.of()
                : jdbc.query(OF_STREAMS, Map.of("streams", streams), (row, number) -> fact(row));
    }

    /** The bound within a stream in the form that the index at hand can use. */
    private enum Direction {
        OLDEST_FIRST("ASC", "f.sequence >= sequence_from(s.stream, :above + 1)"),
        NEWEST_FIRST("DESC", "f.sequence < sequence_from(s.stream, :below)");

        private final String order;
        private final String withinStream;

        Direction(String order, String withinStream) {
            this.order = order;
            this.withinStream = withinStream;
        }
    }

    private HistoryPage page(
            HistoryQuestion question, Direction direction, long above, long below, int most, Freshness freshness) {
        if (most < 1 || most > MOST_PER_PAGE) {
            throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MOST_PER_PAGE + ")");
        }
        views.await(HistoryView.NAME, freshness);
        Map<String, Object> values = new TreeMap<>();
        values.put("above", Math.max(above, above(question.recordedFrom())));
        values.put("below", Math.min(below, below(question.recordedBefore())));
        values.put("most", most);
        values.put("blockSize", (long) HistoryView.BLOCK);
        String sql = PAGE.replace("{found}", found(question, values))
                .replace("{conditions}", conditions(question, values))
                .replace("{within}", WITHIN)
                .replace("{withinStream}", direction.withinStream)
                .replace("{order}", direction.order);
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        ResultSetExtractor<HistoryPage> page = rows -> page(rows, most, at);
        return jdbc.query(sql, values, page);
    }

    private long above(@Nullable Instant recordedFrom) {
        return recordedFrom == null ? 0 : positionFrom(recordedFrom.minus(CLOCKS_APART)) - 1;
    }

    private long below(@Nullable Instant recordedBefore) {
        return recordedBefore == null ? Long.MAX_VALUE : positionFrom(recordedBefore.plus(CLOCKS_APART));
    }

    private long positionFrom(Instant at) {
        Long position = jdbc.queryForObject(POSITION_FROM, Map.of("at", at.atOffset(ZoneOffset.UTC)), Long.class);
        return position == null ? 0 : position;
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
                                    .replace("{conditions}", "f.stream LIKE 'barcode:%' AND {conditions}"));
        }
        if (question.device() != null) {
            return trace(Trace.DEVICE, question.device(), values);
        }
        if (question.principal() != null) {
            return trace(Trace.PRINCIPAL, question.principal(), values);
        }
        if (isFoundByLocation(question)) {
            return trace(Trace.LOCATION, String.valueOf(question.location()), values);
        }
        return question.names().isEmpty() ? OF_ALL : ofNames(question.names(), values);
    }

    private static String ofNames(Set<String> names, Map<String, Object> values) {
        List<String> inBlocks = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            inBlocks.add("(" + trace(Trace.NAME, name, values) + ")");
        }
        return OF_NAMES.replace("{inBlocksOfEach}", String.join(" UNION ALL ", inBlocks));
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
            List<String> allowed = new ArrayList<>(question.tiedTo());
            allowed.add(Trace.NO_LOCATION);
            values.put("tiedTo", allowed);
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

    private HistoryPage page(ResultSet rows, int most, Instant at) throws SQLException {
        List<HistoryFact> facts = new ArrayList<>();
        AsOf asOf = new AsOf(0, 0, Duration.ZERO, at);
        OptionalLong parked = OptionalLong.empty();
        while (rows.next()) {
            long first = rows.getLong("parked");
            parked = rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(first);
            asOf = views.asOf(
                    HistoryView.NAME,
                    rows.getLong("view_position"),
                    rows.getLong("head"),
                    instant(rows, "behind_since"),
                    at);
            if (rows.getString("stream") != null) {
                facts.add(fact(rows));
            }
        }
        OptionalLong next = facts.size() < most
                ? OptionalLong.empty()
                : OptionalLong.of(facts.get(facts.size() - 1).position());
        return new HistoryPage(facts, next, asOf, parked);
    }

    private static HistoryFact fact(ResultSet row) throws SQLException {
        return new HistoryFact(
                row.getLong("position"),
                row.getString("stream"),
                row.getLong("sequence"),
                row.getString("name"),
                row.getInt("revision"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getObject("business_time", OffsetDateTime.class).toInstant(),
                row.getString("command"),
                row.getString("document"),
                row.getString("try_id"),
                row.getString("principal"),
                row.getString("device"),
                metadata(row.getString("metadata")),
                row.getString("request_id"),
                row.getString("sku"),
                row.getString("payload"));
    }

    private static Map<String, String> metadata(@Nullable String json) {
        return json == null ? Map.of() : FactJson.texts(json);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
