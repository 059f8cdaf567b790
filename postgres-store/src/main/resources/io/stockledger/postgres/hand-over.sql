-- Run as superuser in the ledger's database: gives the facts, keys and webhooks to the role that owns them, and leaves the
-- service's role its views. May be run again.

GRANT CREATE ON SCHEMA public TO stockledger;

DO $$
DECLARE
    change text;
BEGIN
    FOR change IN
        SELECT format('ALTER SCHEMA %I OWNER TO stockledger_owner', nspname)
        FROM pg_namespace
        WHERE nspname IN ('ledger', 'access', 'connectors')
        UNION ALL
        SELECT format('ALTER TABLE %s OWNER TO stockledger_owner', c.oid::regclass)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('ledger', 'access', 'connectors') AND c.relkind IN ('r', 'v')
        UNION ALL
        SELECT format('ALTER FUNCTION %s OWNER TO stockledger_owner', p.oid::regprocedure)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('ledger', 'access', 'connectors')
    LOOP
        EXECUTE change;
    END LOOP;
END
$$;
