-- How a table comes under row-level security.

-- Brings a table under row-level security: says which of its authority's rows there are for a principal, and what the
-- services may do with them. `visible` is the condition of a row; every table has authority_id, which is always asked for.
-- Grants of single columns follow the call, because it begins by taking all rights away.
CREATE OR REPLACE PROCEDURE protect(target regclass, visible text, privileges text DEFAULT 'SELECT, INSERT, UPDATE')
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('DROP POLICY IF EXISTS tenant ON %s', target);
  EXECUTE format('CREATE POLICY tenant ON %s TO ringfence_app USING (authority_id = (SELECT ringfence.context_authority()) AND (%s))',
                 target, visible);
  EXECUTE format('REVOKE ALL ON %s FROM ringfence_app', target);
  EXECUTE format('GRANT %s ON %s TO ringfence_app', privileges, target);
END $$;

-- Nobody but the owner, and functions that work as the owner, read or write these.
CREATE OR REPLACE PROCEDURE protect_from_all(target regclass) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('DROP POLICY IF EXISTS nobody ON %s', target);
  EXECUTE format('CREATE POLICY nobody ON %s USING (false)', target);
  EXECUTE format('REVOKE ALL ON %s FROM ringfence_app', target);
END $$;

-- Says who may write a row. Locking a row asks for the right to update it, so the update policy refuses the new row and
-- not the sight of the old.
CREATE OR REPLACE PROCEDURE restrict_writes(target regclass, on_insert text, on_update text DEFAULT NULL) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP POLICY IF EXISTS writers_insert ON %s', target);
  EXECUTE format('CREATE POLICY writers_insert ON %s AS RESTRICTIVE FOR INSERT TO ringfence_app WITH CHECK (%s)', target, on_insert);
  IF on_update IS NOT NULL THEN
    EXECUTE format('DROP POLICY IF EXISTS writers_update ON %s', target);
    EXECUTE format('CREATE POLICY writers_update ON %s AS RESTRICTIVE FOR UPDATE TO ringfence_app USING (true) WITH CHECK (%s)',
                   target, on_update);
  END IF;
END $$;

REVOKE ALL ON PROCEDURE protect, protect_from_all, restrict_writes FROM PUBLIC;
