-- Indexes have no names of their own: a rebuilt table brings its own, and PostgreSQL names both alike.

-- One item at one location, from all its facts.
CREATE TABLE stock_level (
    sku          text COLLATE "C" NOT NULL,
    location     text COLLATE "C" NOT NULL,
    unit         text NOT NULL,
    -- What is in each bucket that a fact has ever named, by the bucket's code; the sum is 0. In one row, because a row
    -- for each bucket costs a write twice as much and a read another look into an index.
    buckets      jsonb NOT NULL,
    -- What all rows in stock_hold hold, also those that have run out.
    held         numeric(15, 3) NOT NULL,
    safety_stock numeric(15, 3) NOT NULL,
    -- Units kept for one channel each: by the channel what is kept, sold since and held since. Null for none.
    protections  jsonb,
    PRIMARY KEY (sku, location)
)
-- Room in each page for the next versions of its rows, so that an update writes no index.
WITH (fillfactor = 70);
-- The items of one location, page by page.
CREATE INDEX ON stock_level (location, sku);

-- What is held for somebody. A row stays until facts have ended all of it; from ends_at on it counts no more.
CREATE TABLE stock_hold (
    sku             text COLLATE "C" NOT NULL,
    location        text COLLATE "C" NOT NULL,
    holder          text COLLATE "C" NOT NULL,
    channel         text COLLATE "C" NOT NULL,
    quantity        numeric(15, 3) NOT NULL CHECK (quantity > 0),
    protection_used numeric(15, 3) NOT NULL,
    -- In microseconds since 1970; the greatest there is where it has no end.
    ends_at         bigint NOT NULL,
    -- A fact that ends a hold says when it would have ended, so one index finds both it and those that have run out,
    -- which are few and at its beginning, however many live.
    PRIMARY KEY (sku, location, ends_at, holder)
);
