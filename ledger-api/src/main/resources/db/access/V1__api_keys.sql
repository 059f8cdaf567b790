CREATE TABLE api_key (
    -- The first characters of the secret after slk_, by which it is found.
    id           text COLLATE "C" PRIMARY KEY,
    -- Goes into every fact as the principal.
    name         text NOT NULL,
    -- SHA-256 of the whole secret, which is not kept.
    hash         bytea NOT NULL,
    roles        text[] NOT NULL,
    -- The only ones it may see and change; empty: all.
    locations    text[] NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

-- Two living keys of one name could not be told apart in the facts.
CREATE UNIQUE INDEX api_key_living_name ON api_key (name) WHERE revoked_at IS NULL;
