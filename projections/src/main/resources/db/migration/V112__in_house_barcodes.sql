-- A number of the house's own, which need not end in a GTIN's check digit.
ALTER TABLE item_barcode ADD COLUMN in_house boolean NOT NULL DEFAULT false;
