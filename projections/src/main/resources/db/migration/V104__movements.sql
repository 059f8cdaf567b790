-- What each fact changed of what is physically at a location, by when it happened: a row for each bucket there.
CREATE TABLE movement (
    position      bigint NOT NULL,
    bucket        text COLLATE "C" NOT NULL,
    sku           text COLLATE "C" NOT NULL,
    location      text COLLATE "C" NOT NULL,
    business_time timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL,
    -- Why units moved, as StockFact.Cause names it.
    cause         text NOT NULL,
    -- The stream of the document that told it.
    document      text COLLATE "C" NOT NULL,
    -- Net change, signed.
    quantity      numeric(15, 3) NOT NULL,
    PRIMARY KEY (position, bucket)
);
CREATE INDEX ON movement (sku, location, business_time, position);
CREATE INDEX ON movement (location, business_time);
-- Finds what was recorded late.
CREATE INDEX ON movement (sku, location, recorded_at);

-- The sum of all movements: stock as of an instant is this minus what happened after, so old movements are not read.
CREATE TABLE movement_balance (
    location text COLLATE "C" NOT NULL,
    sku      text COLLATE "C" NOT NULL,
    bucket   text COLLATE "C" NOT NULL,
    unit     text NOT NULL,
    quantity numeric(15, 3) NOT NULL,
    PRIMARY KEY (location, sku, bucket)
)
-- Room in each page for the next versions of its rows, so that an update writes no index.
WITH (fillfactor = 70);
CREATE INDEX ON movement_balance (sku, location);
