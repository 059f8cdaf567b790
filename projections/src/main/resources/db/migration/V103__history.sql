-- Where to look for facts, which are read where they are (recorded_fact): of each 128 positions, those at which a
-- principal, a device or a location occurs, and an item in facts whose stream does not name it. A row for many facts,
-- where an index would hold an entry for each.
CREATE TABLE history_trace (
    kind  text COLLATE "C" NOT NULL,
    -- An empty location occurs where a fact tells of none.
    value text COLLATE "C" NOT NULL,
    -- The facts' position divided by 128.
    block bigint NOT NULL,
    -- A 1 for each of the 128 at which it does.
    which bit(128) NOT NULL,
    PRIMARY KEY (kind, value, block)
);

-- The sequence of a stream's first fact at or after a position; behind its last when there is none. In a stream,
-- sequence and position grow together, so a page far down a long stream is found by halving.
CREATE FUNCTION sequence_from(of_stream text, from_position bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    low    bigint := 0;
    high   bigint := (SELECT max(f.sequence) + 1 FROM recorded_fact f WHERE f.stream = of_stream);
    middle bigint;
    found  bigint;
BEGIN
    WHILE low < high LOOP
        middle := (low + high) / 2;
        SELECT f.position INTO found
        FROM recorded_fact f WHERE f.stream = of_stream AND f.sequence >= middle ORDER BY f.sequence LIMIT 1;
        IF found < from_position THEN
            low := middle + 1;
        ELSE
            high := middle;
        END IF;
    END LOOP;
    RETURN low;
END
$$;
