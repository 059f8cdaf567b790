-- A copy of the facts for people to read, because the facts themselves are not in a PostgreSQL.
CREATE TABLE recorded_fact (
    position    bigint PRIMARY KEY,
    stream      text COLLATE "C" NOT NULL,
    sequence    bigint NOT NULL,
    -- The stored name, for example stock-moved.
    name        text NOT NULL,
    revision    integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    -- The fact as JSON.
    payload     text NOT NULL,
    -- Who, when and from which command, as JSON.
    meta        jsonb NOT NULL,
    -- Null where the fact is not about one item.
    sku         text COLLATE "C",
    UNIQUE (stream, sequence)
);
