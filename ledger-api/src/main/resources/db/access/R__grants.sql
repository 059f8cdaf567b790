-- What ${owner} lets ${service} do: no key gets other roles, and nothing in the security log is changed.
GRANT USAGE ON SCHEMA access TO ${service};
GRANT SELECT, INSERT, UPDATE (last_used_at, revoked_at, seal) ON api_key TO ${service};
GRANT SELECT, INSERT, UPDATE (used_at, used_by, seal) ON enrolment_code TO ${service};
GRANT SELECT, INSERT, DELETE ON security_event TO ${service};
GRANT SELECT ON flyway_schema_history TO ${service};
