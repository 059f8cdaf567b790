-- What is due outside. Not a view: made from facts once, and never again, because it was acted on.
CREATE TABLE effect (
    -- The effect's own idempotency key; the same for every try.
    key           text COLLATE "C" PRIMARY KEY,
    reaction      text COLLATE "C" NOT NULL,
    -- Whom it is for: what is slow or dead together.
    target        text COLLATE "C" NOT NULL,
    -- At one target, a later effect waits while an earlier one with the same ordering key is due.
    ordering      text COLLATE "C" NOT NULL,
    -- Of the fact that it follows from.
    position      bigint NOT NULL,
    -- What it is about, in a word for people.
    subject       text NOT NULL,
    payload       text NOT NULL,
    state         text NOT NULL CHECK (state IN ('due', 'done', 'parked')),
    -- Since when it has been tried, or could have been; what it is given up by.
    due_since     timestamptz NOT NULL,
    due_at        timestamptz NOT NULL,
    tries         integer NOT NULL,
    -- Who is at it now; another takes it when that time has run out.
    claim         uuid,
    claimed_until timestamptz,
    -- What the target answered, from then until its outcome is in the ledger.
    status        integer,
    answer        text,
    last_error    text,
    ended_at      timestamptz
) WITH (fillfactor = 80);

CREATE INDEX effect_due ON effect (target, due_at, position) WHERE state = 'due';
CREATE INDEX effect_order ON effect (target, ordering, position) WHERE state = 'due';
CREATE INDEX effect_of_target ON effect (target, position);
CREATE INDEX effect_parked ON effect (target) WHERE state = 'parked';
CREATE INDEX effect_ended ON effect (state, ended_at) WHERE state <> 'due';

-- Every try, for people.
CREATE TABLE effect_try (
    key      text COLLATE "C" NOT NULL REFERENCES effect ON DELETE CASCADE,
    tried_at timestamptz NOT NULL,
    millis   bigint NOT NULL,
    -- Null when nothing was answered.
    status   integer,
    -- Null when it was carried out.
    error    text
);
CREATE INDEX ON effect_try (key, tried_at);
