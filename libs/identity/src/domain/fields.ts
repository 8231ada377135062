import { roles, type Role } from './roles.js';

/**
 * The one table of field × role: which roles get a field of what is shown about a budget. A payroll bureau gets what it
 * pays by: whom, for whom, from which stream and account, and who of its employees lives with whom. It gets nothing of the
 * child, the care, other payees or the bank. A day of birth is for the authority and the family alone (design: data
 * protection by default, UK GDPR article 25). A field that is not in this table is shown to nobody.
 */
const everybody = roles;
const notBureau = roles.filter((role) => role !== 'PAYROLL_BUREAU');
const authorityAndFamily = notBureau.filter((role) => role !== 'MANAGED_ACCOUNT_PROVIDER');

const account = {
  id: everybody,
  kind: everybody,
  name: everybody,
  bankName: notBureau,
  sortCode: notBureau,
  accountNumber: notBureau,
  holderPersonId: notBureau,
  holderOrganisationId: notBureau,
  openedOn: everybody,
  closedOn: everybody,
  bookId: notBureau,
};

/** Of an employee. Other payees a bureau is not shown at all: `payees.read`. */
const payee = {
  id: everybody,
  budgetId: everybody,
  name: everybody,
  kind: everybody,
  names: everybody,
  employeeReference: everybody,
  relationship: everybody,
  'household.id': everybody,
  'household.livesWith': everybody,
  'household.from': everybody,
  'household.to': everybody,
  'livesWithChild.from': everybody,
  'livesWithChild.to': everybody,
  'livesWithRecipient.from': everybody,
  'livesWithRecipient.to': everybody,
};

/** By what is shown and the path of the field; amounts by the names under which they leave. */
export const fieldsByRole = {
  BudgetSummary: {
    id: everybody,
    reference: everybody,
    childId: notBureau,
    childName: notBureau,
    recipientId: everybody,
    recipientName: everybody,
    startsOn: everybody,
    endsOn: everybody,
    streams: everybody,
    amount: notBureau,
    cashAmount: notBureau,
  },
  Budget: {
    id: everybody,
    reference: everybody,
    startsOn: everybody,
    endsOn: everybody,
    'child.id': notBureau,
    'child.name': notBureau,
    'child.dateOfBirth': authorityAndFamily,
    'recipient.id': everybody,
    'recipient.name': everybody,
    'recipient.email': notBureau,
    'plan.id': notBureau,
    'plan.kind': notBureau,
    'plan.startsOn': notBureau,
    'plan.endsOn': notBureau,
    'plan.outcomes.id': notBureau,
    'plan.outcomes.reference': notBureau,
    'plan.outcomes.description': notBureau,
    'agreements.id': notBureau,
    'agreements.payer.id': notBureau,
    'agreements.payer.name': notBureau,
    'agreements.payer.kind': notBureau,
    'agreements.payer.code': notBureau,
    'agreements.versions.version': notBureau,
    'agreements.versions.validFrom': notBureau,
    'agreements.versions.signedOn': notBureau,
    'agreements.versions.changesServices': notBureau,
    'agreements.versions.reason': notBureau,
    'lines.id': everybody,
    'lines.agreementId': notBureau,
    'lines.name': notBureau,
    'lines.stream': everybody,
    'lines.mechanism': notBureau,
    'lines.holder': notBureau,
    'lines.planSection': notBureau,
    'lines.amount': notBureau,
    'lines.quantity': notBureau,
    'lines.unit': notBureau,
    'lines.rate': notBureau,
    'lines.startsOn': everybody,
    'lines.endsOn': everybody,
    'lines.payeeId': everybody,
    'lines.outcomeIds': notBureau,
    'schedules.id': notBureau,
    'schedules.agreementId': notBureau,
    'schedules.stream': notBureau,
    'schedules.kind': notBureau,
    'schedules.frequency': notBureau,
    'schedules.amount': notBureau,
    'schedules.firstDueOn': notBureau,
    'schedules.lastDueOn': notBureau,
    'schedules.instalments': notBureau,
    'schedules.withdrawn': notBureau,
    ...under('accounts', account),
    'accounts.validFrom': everybody,
    'accounts.validTo': everybody,
    ...under('payees', payee),
  },
  DesignatedAccount: {
    ...account,
    'budgets.budgetId': everybody,
    'budgets.validFrom': everybody,
    'budgets.validTo': everybody,
  },
  Payee: payee,
  ExceptionApproval: {
    id: everybody,
    budgetId: everybody,
    rule: everybody,
    payeeId: everybody,
    payeeName: everybody,
    stream: everybody,
    approverId: notBureau,
    approverName: notBureau,
    approverRelationship: notBureau,
    reasons: notBureau,
    evidence: notBureau,
    conditions: everybody,
    validFrom: everybody,
    validTo: everybody,
    approvedTo: everybody,
    retrospective: everybody,
    approvedAt: everybody,
    endedAt: everybody,
    endReasons: notBureau,
  },
} as const satisfies Record<string, Readonly<Record<string, readonly Role[]>>>;

export type ShownKind = keyof typeof fieldsByRole;

/** What of a value somebody with these roles gets. A field that they do not get is left out, and never null instead. */
export function shownFields<Shown>(kind: ShownKind, held: readonly Role[], value: object): Shown {
  const table: Readonly<Record<string, readonly Role[]>> = fieldsByRole[kind];
  const given = Object.keys(table).filter((path) => table[path]!.some((role) => held.includes(role)));
  return only(value, '', new Set(given.flatMap(wholePath))) as Shown;
}

/** `lines.amount` is given with `lines`; the libraries call an amount in pence `amountPence`. */
function wholePath(path: string): string[] {
  const parts = path.split('.');
  const within = parts.map((_, order) => parts.slice(0, order + 1).join('.'));
  const pence = { amount: 'amountPence', cashAmount: 'cashPence', rate: 'ratePence' }[parts.at(-1)!];
  return pence === undefined ? within : [...within, [...parts.slice(0, -1), pence].join('.')];
}

function only(value: unknown, path: string, given: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => only(item, path, given));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const fields = Object.entries(value).map(
    ([name, field]) => [path === '' ? name : `${path}.${name}`, name, field] as const,
  );
  return Object.fromEntries(
    fields.filter(([at]) => given.has(at)).map(([at, name, field]) => [name, only(field, at, given)]),
  );
}

function under<Fields extends Readonly<Record<string, readonly Role[]>>, At extends string>(
  at: At,
  fields: Fields,
): { readonly [Name in keyof Fields as `${At}.${Name & string}`]: Fields[Name] } {
  return Object.fromEntries(Object.entries(fields).map(([name, held]) => [`${at}.${name}`, held])) as never;
}
