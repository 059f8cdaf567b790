CREATE TABLE item (
    sku     text COLLATE "C" PRIMARY KEY,
    name    text NOT NULL,
    unit    text NOT NULL,
    -- How many facts its stream has: what a command calls the item's version.
    version bigint NOT NULL
);

CREATE TABLE item_barcode (
    -- The code in the one form in which it is looked up (Barcode.key).
    key       text COLLATE "C" PRIMARY KEY,
    code      text NOT NULL,
    sku       text COLLATE "C" NOT NULL,
    pack_size numeric NOT NULL,
    -- Its place among the item's barcodes.
    place     integer NOT NULL
);
CREATE INDEX ON item_barcode (sku, place);

CREATE TABLE location (
    location text COLLATE "C" PRIMARY KEY,
    name     text NOT NULL,
    kind     text NOT NULL
);
