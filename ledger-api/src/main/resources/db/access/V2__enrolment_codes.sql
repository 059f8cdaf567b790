CREATE TABLE enrolment_code (
    -- SHA-256 of the code, which is not kept.
    hash       bytea PRIMARY KEY,
    location   text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- A code is used once.
    used_at    timestamptz,
    used_by    text
);
