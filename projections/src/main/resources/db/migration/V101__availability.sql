-- Indexes have no names of their own: a rebuilt table brings its own, and PostgreSQL names both alike.

-- One item at one location, from all its facts.
CREATE TABLE stock_level (
    sku          text COLLATE "C" NOT NULL,
    location     text COLLATE "C" NOT NULL,
    unit         text NOT NULL,
    sellable     numeric(15, 3) NOT NULL,
    quarantine   numeric(15, 3) NOT NULL,
    damaged      numeric(15, 3) NOT NULL,
    -- What all rows in stock_hold hold, also those that have run out.
    held         numeric(15, 3) NOT NULL,
    safety_stock numeric(15, 3) NOT NULL,
    PRIMARY KEY (sku, location)
);
-- The items of one location, page by page.
CREATE INDEX ON stock_level (location, sku);

-- What one reservation holds. A row stays until a fact ends it; past ends_at it counts no more.
CREATE TABLE stock_hold (
    sku             text COLLATE "C" NOT NULL,
    location        text COLLATE "C" NOT NULL,
    reservation     text COLLATE "C" NOT NULL,
    channel         text COLLATE "C" NOT NULL,
    quantity        numeric(15, 3) NOT NULL,
    protection_used numeric(15, 3) NOT NULL,
    ends_at         timestamptz NOT NULL,
    PRIMARY KEY (sku, location, reservation)
);
-- Those that have run out are few and at its beginning, however many live.
CREATE INDEX ON stock_hold (sku, location, ends_at);

-- Units kept for one channel.
CREATE TABLE stock_protection (
    sku      text COLLATE "C" NOT NULL,
    location text COLLATE "C" NOT NULL,
    channel  text COLLATE "C" NOT NULL,
    quantity numeric(15, 3) NOT NULL,
    sold     numeric(15, 3) NOT NULL,
    held     numeric(15, 3) NOT NULL,
    PRIMARY KEY (sku, location, channel)
);
