-- What ${owner} lets ${service} do.
GRANT USAGE ON SCHEMA connectors TO ${service};
GRANT SELECT, INSERT, UPDATE, DELETE ON effect, effect_try, webhook_endpoint, webhook_secret TO ${service};
GRANT SELECT ON flyway_schema_history TO ${service};
