-- To whom facts are sent.
CREATE TABLE webhook_endpoint (
    id               text COLLATE "C" PRIMARY KEY,
    url              text NOT NULL,
    description      text,
    -- Stored names; empty: all facts.
    facts            text[] NOT NULL,
    -- Facts of these locations only; empty: all.
    locations        text[] NOT NULL,
    created_by       text NOT NULL,
    created_at       timestamptz NOT NULL,
    -- Facts behind this position are for it.
    after_position   bigint NOT NULL,
    -- Whether the reaction writes for it; until then it is being caught up, after_position moving along.
    live             boolean NOT NULL,
    enabled          boolean NOT NULL,
    -- Why it was switched off, if not by a person.
    disabled_because text
);

CREATE TABLE webhook_secret (
    endpoint    text COLLATE "C" NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
    -- Sealed, or plain where no key is set.
    secret      text NOT NULL,
    created_at  timestamptz NOT NULL,
    -- Null: until it is replaced.
    signs_until timestamptz
);
CREATE INDEX ON webhook_secret (endpoint);
