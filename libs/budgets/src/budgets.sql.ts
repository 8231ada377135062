import { booksSql } from '@ringfence/ledger';
/**
 * By reference. $2 text in the reference or in a name, $3 stream, $4 a day on which the budget runs, $5 the reference to
 * continue after, $6 how many, $7 what the reader may do on it; null where a filter is not asked for.
 */
export const budgetsSql = `
  SELECT b.id, b.reference, b.child_id AS "childId", c.name AS "childName", b.recipient_id AS "recipientId",
         r.name AS "recipientName", b.starts_on AS "startsOn", b.ends_on AS "endsOn",
         coalesce(l.streams, '{}') AS streams, coalesce(l.amount_pence, 0) AS "amountPence",
         coalesce(l.cash_pence, 0) AS "cashPence"
    FROM budgets b
    LEFT JOIN people c ON c.authority_id = b.authority_id AND c.id = b.child_id
    JOIN people r ON r.authority_id = b.authority_id AND r.id = b.recipient_id
    LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT l.stream ORDER BY l.stream) AS streams, sum(l.amount_pence)::bigint AS amount_pence,
             coalesce(sum(l.amount_pence) FILTER (WHERE l.mechanism <> 'ORGANISED'), 0)::bigint AS cash_pence
        FROM budget_lines l WHERE l.authority_id = b.authority_id AND l.budget_id = b.id) l ON true
   WHERE b.authority_id = $1
     AND ($2::text IS NULL OR strpos(lower(concat_ws(' ', b.reference, c.name, r.name)), lower($2)) > 0)
     AND ($3::text IS NULL OR $3 = ANY (l.streams))
     AND ($4::date IS NULL OR $4 BETWEEN b.starts_on AND coalesce(b.ends_on, 'infinity'))
     AND ($5::text IS NULL OR b.reference > $5)
     AND ((SELECT sees_all_for($7)) OR b.id = ANY ((SELECT budgets_for($7))::uuid[]))
   ORDER BY b.reference LIMIT $6`;

export const budgetSql = `
  SELECT b.id, b.reference, b.starts_on AS "startsOn", b.ends_on AS "endsOn",
         CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name, 'dateOfBirth', c.date_of_birth) END AS child,
         json_build_object('id', r.id, 'name', r.name, 'email', r.email) AS recipient,
         CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'kind', p.kind, 'startsOn', p.starts_on, 'endsOn', p.ends_on, 'outcomes', (
           SELECT coalesce(json_agg(json_build_object('id', o.id, 'reference', o.reference, 'description', o.description)
                                    ORDER BY o.reference, o.id), '[]')
             FROM outcomes o WHERE o.authority_id = p.authority_id AND o.plan_document_id = p.id)) END AS plan
    FROM budgets b
    LEFT JOIN people c ON c.authority_id = b.authority_id AND c.id = b.child_id
    JOIN people r ON r.authority_id = b.authority_id AND r.id = b.recipient_id
    LEFT JOIN plan_documents p ON p.authority_id = b.authority_id AND p.id = b.plan_document_id
   WHERE b.authority_id = $1 AND b.id = $2`;

export const agreementsSql = `
  SELECT a.id, json_build_object('id', p.id, 'name', p.name, 'kind', p.kind, 'code', p.code) AS payer, (
           SELECT coalesce(json_agg(json_build_object('version', v.version, 'validFrom', v.valid_from, 'signedOn', v.signed_on,
                    'changesServices', v.changes_services, 'reason', v.reason) ORDER BY v.version), '[]')
             FROM agreement_versions v WHERE v.authority_id = a.authority_id AND v.agreement_id = a.id) AS versions
    FROM agreements a JOIN payers p ON p.authority_id = a.authority_id AND p.id = a.payer_id
   WHERE a.authority_id = $1 AND a.budget_id = $2 ORDER BY p.name, a.id`;

/** $3 a day on which the line runs, or null for every line. */
export const linesSql = `
  SELECT l.id, l.agreement_id AS "agreementId", l.name, l.stream, l.mechanism, l.holder, l.plan_section AS "planSection",
         l.amount_pence AS "amountPence", trim_scale(l.quantity)::text AS quantity, l.unit, l.rate_pence AS "ratePence",
         l.starts_on AS "startsOn", l.ends_on AS "endsOn", l.payee_id AS "payeeId", coalesce((
           SELECT array_agg(o.outcome_id ORDER BY o.outcome_id) FROM budget_line_outcomes o
            WHERE o.authority_id = l.authority_id AND o.budget_line_id = l.id), '{}') AS "outcomeIds"
    FROM budget_lines l
   WHERE l.authority_id = $1 AND l.budget_id = $2 AND ($3::date IS NULL OR $3 BETWEEN l.starts_on AND l.ends_on)
   ORDER BY l.starts_on, l.id`;

export const schedulesSql = `
  SELECT s.id, s.agreement_id AS "agreementId", s.stream, s.kind, s.frequency, s.amount_pence AS "amountPence",
         s.first_due_on AS "firstDueOn", s.last_due_on AS "lastDueOn", i.instalments, i.withdrawn
    FROM instalment_schedules s
    JOIN LATERAL (SELECT count(*)::int AS instalments, count(i.withdrawn_on)::int AS withdrawn FROM instalments i
                   WHERE i.authority_id = s.authority_id AND i.schedule_id = s.id) i ON true
   WHERE s.authority_id = $1 AND s.budget_id = $2 ORDER BY s.first_due_on, s.id`;

const accountColumns = `
  a.id, a.kind, a.name, a.bank_name AS "bankName", a.sort_code AS "sortCode", a.account_number AS "accountNumber",
  a.holder_person_id AS "holderPersonId", a.holder_organisation_id AS "holderOrganisationId", a.opened_on AS "openedOn",
  a.closed_on AS "closedOn", k.id AS "bookId"`;

const accountBudgets = `
         coalesce((
           SELECT json_agg(json_build_object('budgetId', d.budget_id, 'validFrom', d.valid_from, 'validTo', d.valid_to)
                           ORDER BY d.valid_from, d.budget_id)
             FROM designated_account_budgets d
            WHERE d.authority_id = a.authority_id AND d.designated_account_id = a.id), '[]') AS budgets`;

/** The accounts that hold or have held a budget. */
export const accountsOfBudgetSql = `
  SELECT ${accountColumns}, d.valid_from AS "validFrom", d.valid_to AS "validTo"
    FROM designated_account_budgets d
    JOIN designated_accounts a ON a.authority_id = d.authority_id AND a.id = d.designated_account_id
    LEFT JOIN ${booksSql} k ON k.authority_id = a.authority_id AND k.designated_account_id = a.id
   WHERE d.authority_id = $1 AND d.budget_id = $2 ORDER BY d.valid_from, a.id`;

export const accountSql = `
  SELECT ${accountColumns}, ${accountBudgets}
    FROM designated_accounts a
    LEFT JOIN ${booksSql} k ON k.authority_id = a.authority_id AND k.designated_account_id = a.id
   WHERE a.authority_id = $1 AND a.id = $2`;

/** By name and id. $2 budget, $3 and $4 the name and id to continue after, $5 how many. */
export const accountsSql = `
  SELECT ${accountColumns}, ${accountBudgets}
    FROM designated_accounts a
    LEFT JOIN ${booksSql} k ON k.authority_id = a.authority_id AND k.designated_account_id = a.id
   WHERE a.authority_id = $1
     AND ($2::uuid IS NULL OR EXISTS (SELECT 1 FROM designated_account_budgets d
           WHERE d.authority_id = a.authority_id AND d.designated_account_id = a.id AND d.budget_id = $2))
     AND ($3::text IS NULL OR (a.name, a.id) > ($3, $4::uuid))
   ORDER BY a.name, a.id LIMIT $5`;

export const payeesSql = `
  SELECT p.id, p.budget_id AS "budgetId", p.name, p.kind, p.names, p.employee_reference AS "employeeReference",
         p.relationship, coalesce((
           SELECT json_agg(json_build_object('id', m.id, 'livesWith', m.lives_with, 'from', m.valid_from, 'to', m.valid_to)
                           ORDER BY m.valid_from, m.id)
             FROM household_memberships m WHERE m.authority_id = p.authority_id AND m.payee_id = p.id), '[]') AS household
    FROM payees p WHERE p.authority_id = $1 AND p.budget_id = $2 ORDER BY p.name, p.id`;

export const payersSql = `SELECT id, name, kind, code FROM payers WHERE authority_id = $1 ORDER BY name, id`;

/** Whether a payee, by the name of its table in the query, is an employee: somebody whom a payroll bureau pays. */
export const employeeSql = (payees: string): string =>
  `(${payees}.kind = 'PERSONAL_ASSISTANT' OR ${payees}.employee_reference IS NOT NULL)`;
