import { longDate } from '@ringfence/kernel';
import { accountWarningKind, type FoundInImport } from '@ringfence/statements';
import { counted, unsigned } from '../shell/formatting.js';

export interface ImportQueryItem {
  readonly name: string;
  readonly question: string;
  readonly examples: readonly string[];
  readonly more: string | null;
}

/** What a statement raises about the account, by kind. */
export function presentImportQueries(found: readonly FoundInImport[]): readonly ImportQueryItem[] {
  return found.map(({ code, lines, examples }) => {
    const { name, question } = accountWarningKind(code);
    const left = lines - examples.length;
    return {
      name,
      question,
      examples: examples.map(
        ({ date, description, amountPence, subject }) =>
          `${longDate(date)}, ${description}, ${unsigned(amountPence)} ${amountPence > 0n ? 'in' : 'out'}${code === 'OVERDRAWN' ? ` (${subject})` : ''}`,
      ),
      more: left > 0 ? `and ${counted(left, 'more line')}` : null,
    };
  });
}
