-- What each fact changed of what is physically at a location, by when it happened.
CREATE TABLE movement (
    position      bigint PRIMARY KEY,
    sku           text COLLATE "C" NOT NULL,
    location      text COLLATE "C" NOT NULL,
    business_time timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL,
    -- Why units moved, as StockFact.Cause names it.
    cause         text NOT NULL,
    -- The stream of the document that told it.
    document      text COLLATE "C" NOT NULL,
    -- Net changes, signed.
    on_hand       numeric(15, 3) NOT NULL,
    sellable      numeric(15, 3) NOT NULL
);
CREATE INDEX ON movement (sku, location, business_time, position);
CREATE INDEX ON movement (location, business_time);
-- Finds what was recorded late.
CREATE INDEX ON movement (sku, location, recorded_at);

-- The sum of all movements: stock as of an instant is this minus what happened after, so old movements are not read.
CREATE TABLE movement_balance (
    location text COLLATE "C" NOT NULL,
    sku      text COLLATE "C" NOT NULL,
    unit     text NOT NULL,
    on_hand  numeric(15, 3) NOT NULL,
    sellable numeric(15, 3) NOT NULL,
    PRIMARY KEY (location, sku)
);
