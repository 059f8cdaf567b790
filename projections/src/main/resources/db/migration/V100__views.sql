-- How far each view is. A view's rows and its position move in one transaction.
CREATE TABLE view_position (
    view            text COLLATE "C" PRIMARY KEY,
    -- Everything up to here is in the view, or in parked_fact.
    position        bigint NOT NULL,
    -- The ledger's last position when the view last looked.
    head            bigint NOT NULL,
    -- Since when head is ahead of position; null when it is not.
    behind_since    timestamptz,
    updated_at      timestamptz NOT NULL,
    -- Moves whenever a sequence is parked or resumed, so that no process works from an old list.
    parked_revision bigint NOT NULL
);

-- Facts that a view could not take, and the later ones of the same sequences, which wait behind them.
CREATE TABLE parked_fact (
    view         text COLLATE "C" NOT NULL,
    sequence_key text COLLATE "C" NOT NULL,
    position     bigint NOT NULL,
    stream       text NOT NULL,
    sequence     bigint NOT NULL,
    -- Null: nothing is known to be wrong with this one, it only waits.
    error        text,
    parked_at    timestamptz NOT NULL,
    PRIMARY KEY (view, sequence_key, position)
);
