-- Who logged in or was refused, and who changed who may do what. No secret stands here.
CREATE TABLE security_event (
    number    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL,
    what      text NOT NULL,
    -- Null: nobody's who is known.
    principal text,
    address   text,
    subject   text
);
CREATE INDEX ON security_event (at);
