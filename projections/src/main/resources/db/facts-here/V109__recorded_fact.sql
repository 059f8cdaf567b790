-- The facts as people read them, where they are: no copy is made.
CREATE VIEW recorded_fact AS
SELECT position, stream, sequence, name, revision::integer AS revision, recorded_at,
    convert_from(payload, 'UTF8') AS payload,
    convert_from(metadata, 'UTF8')::jsonb AS meta,
    -- Null where the fact is not about one item.
    CASE split_part(stream, ':', 1)
        -- stock:{sku}@{location}; a location holds no @.
        WHEN 'stock' THEN substr(stream, 7, char_length(stream) - 7 - char_length(split_part(stream, '@', -1)))
        WHEN 'item' THEN substr(stream, 6)
        WHEN 'whereabouts' THEN substr(stream, 13)
        WHEN 'barcode' THEN convert_from(payload, 'UTF8')::jsonb ->> 'sku'
    END AS sku
FROM ledger.fact;
