-- What ${owner} lets ${service} do: add facts and read them. A snapshot may be deleted at any time, and is made again.
GRANT USAGE ON SCHEMA ledger TO ${service};
GRANT SELECT, INSERT ON fact TO ${service};
GRANT SELECT, INSERT, UPDATE, DELETE ON fact_snapshot TO ${service};
GRANT SELECT ON fact_as_json, flyway_schema_history TO ${service};
