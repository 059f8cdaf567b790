-- Every fact of the ledger, in the one order in which all were recorded.
CREATE TABLE fact (
    -- Dense, from 1, in commit order: writers take turns (FactAppender), so no reader ever meets a gap.
    position    bigint PRIMARY KEY CHECK (position >= 1),
    -- Compared by bytes: the machine's collations differ and change.
    stream      text COLLATE "C" NOT NULL,
    sequence    bigint NOT NULL CHECK (sequence >= 0),
    name        text NOT NULL,
    revision    text,
    recorded_at timestamptz NOT NULL,
    event_id    text NOT NULL,
    payload     bytea NOT NULL,
    metadata    bytea NOT NULL,
    -- What refuses the second of two writers who decided on the same state.
    CONSTRAINT fact_stream_sequence UNIQUE (stream, sequence)
);

-- The latest snapshot of a stream; may be deleted at any time, is made again.
CREATE TABLE fact_snapshot (
    stream      text COLLATE "C" PRIMARY KEY,
    sequence    bigint NOT NULL,
    name        text NOT NULL,
    revision    text,
    recorded_at timestamptz NOT NULL,
    event_id    text NOT NULL,
    payload     bytea NOT NULL,
    metadata    bytea NOT NULL
);

CREATE FUNCTION refuse_to_change_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are never changed (tried: %)', TG_OP;
END
$$;

-- For each statement, so that it costs an append nothing.
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON fact
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_facts();

-- For a person at a SQL prompt; holds as long as facts are stored as JSON.
CREATE VIEW fact_as_json AS
SELECT position, stream, sequence, name, revision, recorded_at, event_id,
       convert_from(payload, 'UTF8')::jsonb AS payload,
       convert_from(metadata, 'UTF8')::jsonb AS metadata
FROM fact;
