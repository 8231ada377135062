-- What was recorded about pay runs stays as it is.

CREATE OR REPLACE FUNCTION payroll_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded about pay runs stays as it is', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'check_violation';
END $$;

DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['pay_run_holds', 'held_payslips', 'pay_run_decisions'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_stay BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION payroll_record_stays()', kept);
    EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_not_truncated BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays()', kept);
  END LOOP;
END $$;

CREATE OR REPLACE TRIGGER payroll_thresholds_stay BEFORE UPDATE OR DELETE ON payroll_thresholds
  FOR EACH ROW EXECUTE FUNCTION payroll_record_stays();
CREATE OR REPLACE TRIGGER payroll_thresholds_not_truncated BEFORE TRUNCATE ON payroll_thresholds
  FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays();

CREATE OR REPLACE TRIGGER pay_runs_kept BEFORE DELETE ON pay_runs FOR EACH ROW EXECUTE FUNCTION payroll_record_stays();
CREATE OR REPLACE TRIGGER pay_runs_not_truncated BEFORE TRUNCATE ON pay_runs FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays();
CREATE OR REPLACE TRIGGER payslips_stay BEFORE UPDATE OR DELETE ON payslips FOR EACH ROW EXECUTE FUNCTION payroll_record_stays();
CREATE OR REPLACE TRIGGER payslips_not_truncated BEFORE TRUNCATE ON payslips FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays();
