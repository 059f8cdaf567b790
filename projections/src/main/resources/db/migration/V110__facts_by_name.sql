-- Facts are found by their names too, so the history is looked through once more from the first fact. No node of an earlier
-- version may run meanwhile: it would go on without noting names.
TRUNCATE history_trace;
DELETE FROM parked_fact WHERE view = 'history';
UPDATE view_position SET position = 0, head = 0, behind_since = now() WHERE view = 'history';

-- The position of the first fact that was recorded at or after a time, of those up to a last one; behind that when there
-- is none. Positions and record times grow together, so it is found by halving.
CREATE FUNCTION position_from(at timestamptz, last bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    low    bigint := 1;
    high   bigint := last + 1;
    middle bigint;
    found  timestamptz;
BEGIN
    WHILE low < high LOOP
        middle := (low + high) / 2;
        SELECT f.recorded_at INTO found
        FROM recorded_fact f WHERE f.position >= middle ORDER BY f.position LIMIT 1;
        IF found < at THEN
            low := middle + 1;
        ELSE
            high := middle;
        END IF;
    END LOOP;
    RETURN low;
END
$$;
