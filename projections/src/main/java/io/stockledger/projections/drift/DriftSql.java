package io.stockledger.projections.drift;

/**
 * The comparison in SQL. Each statement binds the snapshot's id, its instant, and the only locations that are wanted
 * (null: all).
 */
final class DriftSql {

    /** One row for each item at each location of the snapshot that either side has. */
    private static final String COMPARED = """
            WITH asked AS (SELECT ?::text AS snapshot, ?::timestamptz AS at, ?::text[] AS locations),
            erp AS (
                SELECT s.location, s.sku, s.quantity
                FROM erp_snapshot_line s, asked
                WHERE s.snapshot = asked.snapshot
                    AND (asked.locations IS NULL OR s.location = ANY (asked.locations))),
            place AS (SELECT DISTINCT location FROM erp),
            after AS (
                SELECT m.location, m.sku, sum(m.quantity) AS on_hand
                FROM place
                JOIN movement m ON m.location = place.location
                WHERE m.business_time > (SELECT at FROM asked)
                GROUP BY m.location, m.sku),
            balance AS (
                SELECT b.location, b.sku, sum(b.quantity) AS on_hand
                FROM place
                JOIN movement_balance b ON b.location = place.location
                GROUP BY b.location, b.sku),
            ledger AS (
                SELECT b.location, b.sku, b.on_hand - coalesce(after.on_hand, 0) AS on_hand
                FROM balance b
                LEFT JOIN after ON after.location = b.location AND after.sku = b.sku),
            compared AS (
                SELECT location, sku, erp.quantity AS erp, ledger.on_hand AS ledger,
                    coalesce(ledger.on_hand, 0) - coalesce(erp.quantity, 0) AS difference
                FROM erp FULL JOIN ledger USING (location, sku)),
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

    /** Binds also how many lines to leave out and how many to return. */
    static final String LINES = COMPARED + """
            , listed AS (
                SELECT * FROM judged
                WHERE difference <> 0 OR kind IN ('UNKNOWN_ITEM', 'UNKNOWN_LOCATION')
                ORDER BY abs(difference) DESC, location, sku
                OFFSET ? LIMIT ?)
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
                ORDER BY m.business_time DESC, m.position DESC
                LIMIT 1) AS last ON true
            LEFT JOIN LATERAL (
                SELECT count(*) AS number, coalesce(sum(f.change), 0) AS change,
                    (array_agg(f.document ORDER BY f.position DESC))[1:5] AS documents
                FROM (
                    SELECT m.position, m.document, sum(m.quantity) AS change
                    FROM movement m
                    WHERE m.sku = l.sku AND m.location = l.location
                        AND m.recorded_at > asked.at AND m.business_time <= asked.at
                    GROUP BY m.position, m.document) AS f) AS late ON true
            LEFT JOIN LATERAL (
                SELECT count(*) AS number, coalesce(sum(f.change), 0) AS change,
                    (array_agg(f.document ORDER BY f.position DESC))[1:5] AS documents
                FROM (
                    SELECT m.position, m.document, sum(m.quantity) AS change
                    FROM movement m
                    WHERE m.sku = l.sku AND m.location = l.location AND m.business_time > asked.at
                    GROUP BY m.position, m.document) AS f) AS later ON true
            ORDER BY abs(l.difference) DESC, l.location, l.sku""";

    static final String POSITION = "SELECT position, head, behind_since FROM view_position WHERE view = 'movements'";

    private DriftSql() {}
}
