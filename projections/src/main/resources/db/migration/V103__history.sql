-- Every fact with who, when, why and from which command, for people to read.
CREATE TABLE history (
    position      bigint PRIMARY KEY,
    stream        text COLLATE "C" NOT NULL,
    sequence      bigint NOT NULL,
    -- The stored name, for example stock-moved.
    name          text NOT NULL,
    revision      integer NOT NULL,
    recorded_at   timestamptz NOT NULL,
    business_time timestamptz NOT NULL,
    command       text NOT NULL,
    -- The stream of the document whose command told it.
    document      text COLLATE "C" NOT NULL,
    principal     text COLLATE "C" NOT NULL,
    device        text COLLATE "C",
    -- Null where the fact is not about one item, or not about one location.
    sku           text COLLATE "C",
    location      text COLLATE "C",
    -- The fact as stored, as JSON.
    payload       text NOT NULL
);
CREATE INDEX ON history (stream, position);
CREATE INDEX ON history (document, position);
CREATE INDEX ON history (principal, position);
CREATE INDEX ON history (device, position) WHERE device IS NOT NULL;
CREATE INDEX ON history (sku, position) WHERE sku IS NOT NULL;
CREATE INDEX ON history (location, position) WHERE location IS NOT NULL;
CREATE INDEX ON history (sku, location, position) WHERE sku IS NOT NULL AND location IS NOT NULL;
