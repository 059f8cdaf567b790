package io.stockledger.projections.drift;

/**
 * The comparison in SQL, as of a position, so that the pages of a report fit together. Each statement binds the snapshot's
 * id, its instant, the only locations that are wanted (null: all), the position, and the position again.
 */
final class DriftSql {

    private static final String ERP = """
            WITH asked AS (
                SELECT ?::text AS snapshot, ?::timestamptz AS at, ?::text[] AS locations, ?::bigint AS position),
            erp AS (
                SELECT s.location, s.sku, s.quantity
                FROM erp_snapshot_line s, asked
                WHERE s.snapshot = asked.snapshot
                    AND (asked.locations IS NULL OR s.location = ANY (asked.locations))),
            """;

    private static final String ITS_PLACES = "place AS (SELECT DISTINCT location FROM erp),\n";

    private static final String OTHER_PLACES = """
            place AS (
                SELECT l.location
                FROM location l, asked
                WHERE (asked.locations IS NULL OR l.location = ANY (asked.locations))
                    AND NOT EXISTS (SELECT 1 FROM erp WHERE erp.location = l.location)),
            """;

    /** What the ledger had in each place at the instant: the balance of today less what came after, or was told after. */
    private static final String LEDGER = """
            unseen AS (
                SELECT u.location, u.sku, sum(u.quantity) AS on_hand
                FROM (
                    SELECT m.location, m.sku, m.quantity
                    FROM place
                    JOIN movement m ON m.location = place.location
                    WHERE m.business_time > (SELECT at FROM asked)
                    UNION ALL
                    SELECT m.location, m.sku, m.quantity
                    FROM place
                    JOIN movement m ON m.location = place.location
                    WHERE m.position > ? AND m.business_time <= (SELECT at FROM asked)) AS u
                GROUP BY u.location, u.sku),
            balance AS (
                SELECT b.location, b.sku, sum(b.quantity) AS on_hand
                FROM place
                JOIN movement_balance b ON b.location = place.location
                GROUP BY b.location, b.sku),
            ledger AS (
                SELECT b.location, b.sku, b.on_hand - coalesce(unseen.on_hand, 0) AS on_hand
                FROM balance b
                LEFT JOIN unseen ON unseen.location = b.location AND unseen.sku = b.sku)
            """;

    /** One row for each item at each location of the snapshot that either side has. */
    private static final String COMPARED = ERP + ITS_PLACES + LEDGER + """
            , compared AS (
                SELECT location, sku, erp.quantity AS erp, ledger.on_hand AS ledger,
                    coalesce(ledger.on_hand, 0) - coalesce(erp.quantity, 0) AS difference
                FROM erp FULL JOIN ledger USING (location, sku)
                WHERE erp.quantity IS NOT NULL OR ledger.on_hand <> 0),
            judged AS (
                SELECT c.*, i.name, i.unit,
                    CASE
                        WHEN p.location IS NULL THEN 'UNKNOWN_LOCATION'
                        WHEN i.sku IS NULL THEN 'UNKNOWN_ITEM'
                        WHEN c.erp IS NULL THEN 'NOT_IN_ERP'
                        WHEN c.ledger IS NULL THEN 'NOT_IN_LEDGER'
                        ELSE 'DIFFERENT'
                    END AS kind
                FROM compared c
                LEFT JOIN location p ON p.location = c.location
                LEFT JOIN item i ON i.sku = c.sku)
            """;

    static final String TOTALS = COMPARED + """
            SELECT count(*) AS compared,
                count(*) FILTER (WHERE difference = 0) AS matching,
                count(*) FILTER (WHERE difference <> 0) AS differing,
                count(*) FILTER (WHERE kind = 'UNKNOWN_ITEM') AS unknown_items,
                count(*) FILTER (WHERE kind = 'UNKNOWN_LOCATION') AS unknown_locations,
                coalesce(sum(abs(difference)), 0) AS absolute_difference
            FROM judged""";

    /** The locations of which the snapshot has no line, though the ledger had something there. */
    static final String NOT_COMPARED = ERP + OTHER_PLACES + LEDGER + """
            SELECT location, count(*) AS items
            FROM ledger
            WHERE on_hand <> 0
            GROUP BY location
            ORDER BY location""";

    /** Binds also the line after which to begin, by its difference without sign, location and SKU, and how many to return. */
    static final String LINES = COMPARED + """
            , listed AS (
                SELECT * FROM judged
                WHERE (difference <> 0 OR kind IN ('UNKNOWN_ITEM', 'UNKNOWN_LOCATION'))
                    AND (-abs(difference), location, sku) > (-?::numeric, ?::text, ?::text)
                ORDER BY -abs(difference), location, sku
                LIMIT ?)
            SELECT l.*,
                last.position AS last_position, last.business_time AS last_business_time, last.cause AS last_cause,
                last.document AS last_document, last.change AS last_change,
                late.number AS late_number, late.change AS late_change, late.documents AS late_documents,
                later.number AS later_number, later.change AS later_change, later.documents AS later_documents
            FROM listed l
            CROSS JOIN asked
            LEFT JOIN LATERAL (
                SELECT m.position, m.business_time, m.cause, m.document,
                    (SELECT sum(b.quantity) FROM movement b WHERE b.position = m.position) AS change
                FROM movement m
                WHERE m.sku = l.sku AND m.location = l.location AND m.business_time <= asked.at
                    AND m.position <= asked.position
                ORDER BY m.business_time DESC, m.position DESC
                LIMIT 1) AS last ON true
            LEFT JOIN LATERAL (
                SELECT count(*) AS number, coalesce(sum(f.change), 0) AS change,
                    (array_agg(f.document ORDER BY f.position DESC))[1:5] AS documents
                FROM (
                    SELECT m.position, m.document, sum(m.quantity) AS change
                    FROM movement m
                    WHERE m.sku = l.sku AND m.location = l.location AND m.position <= asked.position
                        AND m.recorded_at > asked.at AND m.business_time <= asked.at
                    GROUP BY m.position, m.document) AS f) AS late ON true
            LEFT JOIN LATERAL (
                SELECT count(*) AS number, coalesce(sum(f.change), 0) AS change,
                    (array_agg(f.document ORDER BY f.position DESC))[1:5] AS documents
                FROM (
                    SELECT m.position, m.document, sum(m.quantity) AS change
                    FROM movement m
                    WHERE m.sku = l.sku AND m.location = l.location AND m.position <= asked.position
                        AND m.business_time > asked.at
                    GROUP BY m.position, m.document) AS f) AS later ON true
            ORDER BY -abs(l.difference), l.location, l.sku""";

    static final String POSITION = "SELECT position, head, behind_since FROM view_position WHERE view = 'movements'";

    private DriftSql() {}
}
