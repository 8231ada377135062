-- From which figures on a pay run waits for a person, as an authority has set it. Dated and never edited: the row in
-- force on the day on which a run arrives counts; before the first one the national figures of libs/payroll do.

SET LOCAL search_path = ringfence;

CREATE TABLE payroll_thresholds (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  valid_from date NOT NULL,
  -- Gross pay above so many times the usual of the employee, which is the middle of so many last payslips.
  gross_times_usual numeric(5, 2) NOT NULL CHECK (gross_times_usual BETWEEN 1 AND 100),
  usual_payslips integer NOT NULL CHECK (usual_payslips BETWEEN 3 AND 26),
  -- Gross pay for a week, as long as there are too few payslips to say what is usual.
  first_gross_per_week_pence bigint NOT NULL CHECK (first_gross_per_week_pence BETWEEN 1 AND 9999999999999),
  hours_per_day numeric(4, 2) NOT NULL CHECK (hours_per_day BETWEEN 1 AND 24),
  employer_costs_percent numeric(5, 2) NOT NULL CHECK (employer_costs_percent BETWEEN 0 AND 200),
  line_difference_pence bigint NOT NULL CHECK (line_difference_pence BETWEEN 0 AND 9999999999999),
  over_budget_pence bigint NOT NULL CHECK (over_budget_pence BETWEEN 0 AND 9999999999999),
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, valid_from),
  FOREIGN KEY (authority_id, set_by) REFERENCES people (authority_id, id)
);

CREATE FUNCTION payroll_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded about pay runs stays as it is', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER payroll_thresholds_stay BEFORE UPDATE OR DELETE ON payroll_thresholds
  FOR EACH ROW EXECUTE FUNCTION payroll_record_stays();
CREATE TRIGGER payroll_thresholds_not_truncated BEFORE TRUNCATE ON payroll_thresholds
  FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays();

-- Whoever has some budget of the authority, as its bureaux have, may know them.
CALL protect('payroll_thresholds', 'cardinality((SELECT ringfence.granted_budgets())::uuid[]) > 0', 'SELECT, INSERT');
