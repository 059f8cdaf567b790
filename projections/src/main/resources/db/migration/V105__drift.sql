-- Stock as an ERP saw it. Not made from facts: it stays as it was uploaded.
CREATE TABLE erp_snapshot (
    snapshot    text COLLATE "C" PRIMARY KEY,
    -- The instant of which the ERP's figures are.
    taken_at    timestamptz NOT NULL,
    -- Digest of the content, so that the same id never stands for two.
    fingerprint text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    uploaded_by text NOT NULL,
    lines       integer NOT NULL
);
CREATE INDEX ON erp_snapshot (taken_at);

CREATE TABLE erp_snapshot_line (
    snapshot text COLLATE "C" NOT NULL REFERENCES erp_snapshot,
    location text COLLATE "C" NOT NULL,
    sku      text COLLATE "C" NOT NULL,
    quantity numeric(15, 3) NOT NULL,
    PRIMARY KEY (snapshot, location, sku)
);
