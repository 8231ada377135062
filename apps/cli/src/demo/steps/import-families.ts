import { addDays, decimalText } from '@ringfence/kernel';
import type { FamilyContext, DemoContext } from '../context.js';
import type { AuthorityKey, Family } from '../scenario.js';
import { authorities } from '../people.js';
import { readFamilyIds } from './family-ids.js';
import { uploaderOf } from './set-up-family.js';

/** The officer brings the families that are no different from others in one file, as a council does with its own list. */
export async function importFamilies(
  context: DemoContext,
  key: AuthorityKey,
  families: readonly Family[],
): Promise<FamilyContext[]> {
  const { officer } = context.authorities[key];
  const bytes = Buffer.from(importFile(context, families), 'utf8');
  const file = { name: `budgets-${key}.csv`, contentType: 'text/csv', bytes };
  await officer.postFile('/v1/budget-imports', file, `demo budgets ${key}`);
  const contexts: FamilyContext[] = [];
  for (const family of families) {
    contexts.push({ family, ids: await readFamilyIds(officer, family), uploader: uploaderOf(context, family) });
  }
  return contexts;
}

function importFile({ year }: DemoContext, families: readonly Family[]): string {
  const rows = families.flatMap((family) =>
    family.budgets.flatMap((budget) =>
      budget.agreements.flatMap((agreement) =>
        agreement.lines.map((line) => {
          const schedule = agreement.schedules[0]!;
          const payee = budget.payees.find(({ key }) => key === line.payee)!;
          return {
            budget_reference: budget.reference,
            child_name: budget.child.name,
            child_date_of_birth: budget.child.dateOfBirth ?? '',
            recipient_name: family.recipient.name,
            plan_kind: budget.plan,
            plan_starts_on: addDays(year.first, -30),
            budget_starts_on: year.first,
            payer_code: authorities.find(({ key }) => key === agreement.payer)!.code,
            agreement_from: agreement.from,
            agreement_signed_on: addDays(agreement.from, -14),
            line_name: line.name,
            stream: line.stream,
            mechanism: 'DIRECT_PAYMENT',
            holder: line.holder,
            plan_section: line.section,
            outcomes: budget.outcomes.map(({ reference, description }) => `${reference}: ${description}`).join('; '),
            line_starts_on: line.from,
            line_ends_on: line.to,
            amount: decimalText(line.amountPence),
            payee_name: payee.name,
            payee_kind: payee.kind,
            payee_relationship: payee.relationship ?? 'none',
            account_kind: family.account.kind,
            account_name: family.account.name,
            bank_name: family.account.bank,
            sort_code: family.account.sortCode,
            account_number: family.account.accountNumber,
            account_opened_on: family.account.openedOn,
            instalment_kind: schedule.kind,
            instalment_frequency: schedule.frequency,
            instalment_amount: decimalText(schedule.amountPence),
            instalment_first_due_on: schedule.firstDueOn,
            instalment_last_due_on: schedule.lastDueOn,
          };
        }),
      ),
    ),
  );
  const columns = Object.keys(rows[0]!) as (keyof (typeof rows)[number])[];
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))].join('\r\n');
}
