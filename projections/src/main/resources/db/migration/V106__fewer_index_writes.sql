-- A fact that ends a hold says when it would have ended, so one index finds both it and those that have run out.
ALTER TABLE stock_hold DROP CONSTRAINT stock_hold_pkey;
DROP INDEX stock_hold_sku_location_ends_at_idx;
ALTER TABLE stock_hold ADD PRIMARY KEY (sku, location, ends_at, reservation);

-- Room in each page for the next versions of its rows, so that an update writes no index.
ALTER TABLE stock_level SET (fillfactor = 70);
ALTER TABLE movement_balance SET (fillfactor = 70);
