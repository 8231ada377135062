import type { Problem } from '@ringfence/kernel';

/** The faults of a form: a summary for the top of the page, and each field's message for its input. */
export interface FormErrors {
  readonly list: readonly { readonly text: string; readonly href: string }[];
  readonly byField: Readonly<Record<string, { readonly text: string }>>;
}

/** One message for one field; `field` is the id and the name of its input. */
export function fieldError(field: string, text: string): FormErrors {
  return { list: [{ text, href: `#${field}` }], byField: { [field]: { text } } };
}

/**
 * A refusal, as the form that caused it shows it. Pointers name fields of the request; faults of those that the form
 * does not have are shown at its first field.
 */
export function formErrors(problem: Problem, fields: readonly [string, ...string[]]): FormErrors {
  const faults = problem.errors.length > 0 ? problem.errors : [{ message: problem.message }];
  const placed = faults.map((fault) => {
    const named = 'pointer' in fault ? fault.pointer?.split('/').at(-1) : undefined;
    return { field: named !== undefined && fields.includes(named) ? named : fields[0], text: inWords(fault.message) };
  });
  return {
    list: placed.map(({ field, text }) => ({ text, href: `#${field}` })),
    byField: Object.fromEntries([...placed].reverse().map(({ field, text }) => [field, { text }])),
  };
}

/** The status of a form that is shown again: 422, or the refusal's own status where it is only for now. */
export function statusOfForm(problem: Problem): number {
  return problem.status === 429 || problem.status >= 500 ? problem.status : 422;
}

/** Refusals begin with a JSON pointer where the API has only that to name a field; a page has words for it. */
function inWords(message: string): string {
  return message.replace(/^\/(?:[\w-]+\/)*([\w-]+)/, (_, name: string) => fieldNames[name] ?? 'What you entered');
}

const fieldNames: Readonly<Record<string, string>> = {
  amount: 'The amount',
  date: 'The date',
  receiptDate: 'The date',
  supplier: 'The shop or person',
  account: 'The account',
  file: 'The file',
  reasons: 'The reason',
  reason: 'The reason',
  serviceDate: 'The date of the service',
  outcomeId: 'The outcome',
};
