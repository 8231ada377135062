/** $2 account, $3 budget, $4 day: a row when the account holds the budget on that day. */
export const accountHoldsBudgetSql = `
  SELECT 1 FROM designated_account_budgets d
    JOIN designated_accounts a ON a.authority_id = d.authority_id AND a.id = d.designated_account_id
   WHERE d.authority_id = $1 AND d.designated_account_id = $2 AND d.budget_id = $3
     AND $4::date BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
     AND $4::date <= coalesce(a.closed_on, 'infinity') LIMIT 1`;

/** $2: a JSON array of schedules. */
export const insertScheduleSql = `
  INSERT INTO instalment_schedules (authority_id, id, budget_id, agreement_id, stream, kind, frequency, amount_pence,
                                    first_due_on, last_due_on, termly_due_on)
  SELECT $1, s.id, s."budgetId", s."agreementId", s.stream, s.kind, s.frequency, s."amountPence", s."firstDueOn",
         s."lastDueOn", CASE s.frequency WHEN 'TERMLY' THEN s."termlyDueOn" END
    FROM jsonb_to_recordset($2) AS s (id uuid, "budgetId" uuid, "agreementId" uuid, stream text, kind text, frequency text,
         "amountPence" bigint, "firstDueOn" date, "lastDueOn" date, "termlyDueOn" date[])`;

/** $2: a JSON array of {id, scheduleId, dueOn}; $3: of {scheduleId, designatedAccountId}. */
export const insertInstalmentsSql = `
  INSERT INTO instalments (authority_id, id, schedule_id, budget_id, agreement_id, designated_account_id, stream, kind,
                           due_on, amount_pence)
  SELECT $1, i.id, s.id, s.budget_id, s.agreement_id, p."designatedAccountId", s.stream, s.kind, i."dueOn", s.amount_pence
    FROM jsonb_to_recordset($2) AS i (id uuid, "scheduleId" uuid, "dueOn" date)
    JOIN jsonb_to_recordset($3) AS p ("scheduleId" uuid, "designatedAccountId" uuid) ON p."scheduleId" = i."scheduleId"
    JOIN instalment_schedules s ON s.authority_id = $1 AND s.id = i."scheduleId"`;

/** $2 schedule, $3 the last day that stays. What is posted or received stays too. */
export const withdrawInstalmentsSql = `
  UPDATE instalments SET withdrawn_on = context_today()
   WHERE authority_id = $1 AND schedule_id = $2 AND due_on > $3 AND withdrawn_on IS NULL AND due_journal_id IS NULL
     AND received_on IS NULL
  RETURNING id`;

/** $2 today, $3 how many. What another transaction is posting at this moment is left to it. */
export const instalmentsToPostSql = `
  SELECT i.id, i.budget_id, i.agreement_id, i.designated_account_id, i.stream, i.due_on, i.amount_pence
    FROM instalments i
   WHERE i.authority_id = $1 AND i.due_on <= $2 AND i.due_journal_id IS NULL AND i.withdrawn_on IS NULL
   ORDER BY i.due_on, i.id LIMIT $3 FOR UPDATE OF i SKIP LOCKED`;

export const markPostedSql = `
  UPDATE instalments i SET due_journal_id = p.journal_id
    FROM unnest($2::uuid[], $3::uuid[]) AS p (id, journal_id)
   WHERE i.authority_id = $1 AND i.id = p.id`;

export const markReceivedSql = `
  UPDATE instalments SET received_on = $3, received_journal_id = $4
   WHERE authority_id = $1 AND id = $2 AND received_on IS NULL AND withdrawn_on IS NULL RETURNING id`;

export const markNotReceivedSql = `
  UPDATE instalments SET received_on = NULL, received_journal_id = NULL
   WHERE authority_id = $1 AND received_journal_id = $2 RETURNING id`;

const instalmentColumns = `
  i.id, i.schedule_id AS "scheduleId", i.budget_id AS "budgetId", b.reference AS "budgetReference",
  i.agreement_id AS "agreementId", i.designated_account_id AS "designatedAccountId", i.stream, i.kind, i.due_on AS "dueOn",
  i.amount_pence AS "amountPence", i.due_journal_id AS "dueJournalId", i.received_on AS "receivedOn",
  i.withdrawn_on AS "withdrawnOn"`;

/**
 * By due day and id. $2 budget, $3 account, $4 stream, $5 from, $6 to, $7 states, $8 today, $9 the last day that is late,
 * $10 and $11 the day and id to continue after, $12 how many; null where a filter is not asked for.
 */
export const instalmentsSql = `
  SELECT ${instalmentColumns}
    FROM instalments i JOIN budgets b ON b.authority_id = i.authority_id AND b.id = i.budget_id
   WHERE i.authority_id = $1
     AND ($2::uuid IS NULL OR i.budget_id = $2) AND ($3::uuid IS NULL OR i.designated_account_id = $3)
     AND ($4::text IS NULL OR i.stream = $4) AND ($5::date IS NULL OR i.due_on >= $5) AND ($6::date IS NULL OR i.due_on <= $6)
     AND ($7::text[] IS NULL OR CASE
           WHEN i.received_on IS NOT NULL THEN 'received' WHEN i.withdrawn_on IS NOT NULL THEN 'withdrawn'
           WHEN i.due_on > $8 THEN 'expected' WHEN i.due_on <= $9 THEN 'late' ELSE 'due' END = ANY ($7))
     AND ($10::date IS NULL OR (i.due_on, i.id) > ($10, $11::uuid))
   ORDER BY i.due_on, i.id LIMIT $12`;

/** $2 budget, $3 today: the next that is still to come, today's included. */
export const nextInstalmentSql = `
  SELECT ${instalmentColumns}
    FROM instalments i JOIN budgets b ON b.authority_id = i.authority_id AND b.id = i.budget_id
   WHERE i.authority_id = $1 AND i.budget_id = $2 AND i.due_on >= $3 AND i.received_on IS NULL AND i.withdrawn_on IS NULL
   ORDER BY i.due_on, i.id LIMIT 1`;

/** $2 accounts, $3 from, $4 to. */
export const instalmentsAroundSql = `
  SELECT ${instalmentColumns}
    FROM instalments i JOIN budgets b ON b.authority_id = i.authority_id AND b.id = i.budget_id
   WHERE i.authority_id = $1 AND i.designated_account_id = ANY ($2::uuid[]) AND i.due_on BETWEEN $3 AND $4
     AND i.received_on IS NULL AND i.withdrawn_on IS NULL
   ORDER BY i.due_on, i.id LIMIT $5`;
