import { dateOf, type CalendarDate } from '@ringfence/kernel';
import { normalDescription, oneSpaced, quoted } from '../../core/bank-text.js';
import { camtAmount } from './camt-amount.js';
import { descriptionCharactersMax } from '../../core/limits.js';
import { Refusal, type LineDetail, type LineStatus, type ParsedLine } from '../../core/outcome.js';
import { allAt, at, textAt, type XmlElement } from '../../core/xml.js';

/**
 * A line from an `Ntry`. Its `TxDtls` are the payments of which it is made: details, never lines of their own. The
 * direction is that of `CdtDbtInd`; `RvslInd` says only that the entry reverses an earlier one of the opposite
 * direction (ISO 20022, BankToCustomerStatement).
 */
export function readCamtEntry(
  entry: XmlElement,
  { line, raw, within }: { line: number; raw: string; within: string | null },
): { readonly line: ParsedLine; readonly currency: string } {
  const { amountPence, currency } = camtAmount(entry, line);
  const payments = allAt(entry, 'NtryDtls', 'TxDtls');
  const details = payments.map((payment) => detailOf(payment, amountPence < 0n, line));
  const description = descriptionOf(entry, details, line);
  const original = payments.length === 1 ? abroad(payments[0], currency) : abroad(entry, currency);
  const only = payments.length === 1 ? details[0] : undefined;
  const status = statusOf(entry, line);
  return {
    currency,
    line: {
      date: dayOf(entry, status, line),
      amountPence,
      description,
      normalisedDescription: normalDescription(description),
      bankId: textAt(entry, 'AcctSvcrRef') ?? only?.bankId ?? null,
      balancePence: null,
      raw,
      sourceLine: line,
      kind: kindOf(entry),
      mcc: mccOf(entry),
      status,
      originalAmount: original?.text ?? null,
      originalCurrency: original?.attributes.Ccy ?? null,
      ...(within === null ? {} : { within }),
      ...(details.length > 0 ? { details } : {}),
    },
  };
}

/** Information (INFO) and what is to come (FUTR) move no money yet, like what is pending (PDNG). */
const statuses: Readonly<Record<string, LineStatus>> = {
  BOOK: 'posted',
  PDNG: 'pending',
  INFO: 'pending',
  FUTR: 'pending',
};

function statusOf(entry: XmlElement, line: number): LineStatus {
  const word = textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts') ?? '';
  const status = Object.hasOwn(statuses, word) ? statuses[word] : undefined;
  if (status) return status;
  throw new Refusal(
    'STATUS_UNKNOWN',
    `Line ${line}: Sts of <Ntry> is ${quoted(word)}, where one of ${Object.keys(statuses).join(', ')} is expected.`,
    line,
  );
}

/** The day of booking as written, whatever its time zone; a pending entry may have a value date only. */
function dayOf(entry: XmlElement, status: LineStatus, line: number): CalendarDate {
  const dates = status === 'posted' ? ['BookgDt'] : ['BookgDt', 'ValDt'];
  const written = dates.map((name) => textAt(entry, name, 'Dt') ?? textAt(entry, name, 'DtTm')).find(Boolean);
  if (written === undefined || written === null) {
    throw new Refusal(
      'DATE_MISSING',
      `Line ${line}: <Ntry> has no BookgDt, where a date such as "2026-01-31" is expected.`,
      line,
    );
  }
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|[TZ+-])/.exec(written);
  const date = match ? dateOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
  if (date !== undefined) return date;
  const why = match ? 'a day that does not exist' : 'where a date such as "2026-01-31" is expected';
  throw new Refusal('DATE_WRONG', `Line ${line}: BookgDt of <Ntry> is ${quoted(written)}, ${why}.`, line);
}

function detailOf(payment: XmlElement, out: boolean, line: number): LineDetail {
  const amount =
    at(payment, 'Amt') ?? at(payment, 'AmtDtls', 'TxAmt', 'Amt') ?? at(payment, 'AmtDtls', 'InstdAmt', 'Amt');
  const other = out ? 'Cdtr' : 'Dbtr';
  const party = at(payment, 'RltdPties', other);
  const remittance = at(payment, 'RmtInf');
  return {
    amount: amount?.text ?? null,
    currency: amount?.attributes.Ccy ?? null,
    description: joined(
      [
        textAt(party, 'Pty', 'Nm') ?? textAt(party, 'Nm') ?? textAt(payment, 'RltdPties', `Ultmt${other}`, 'Nm'),
        ...allAt(remittance, 'Ustrd').map(({ text }) => text),
        ...allAt(remittance, 'Strd', 'CdtrRefInf', 'Ref').map(({ text }) => text),
        textAt(payment, 'AddtlTxInf'),
      ],
      line,
    ),
    bankId: textAt(payment, 'Refs', 'AcctSvcrRef'),
  };
}

/** The words of the entry and of its one payment; of a batch, those of the entry, or how many payments it has. */
function descriptionOf(entry: XmlElement, details: readonly LineDetail[], line: number): string {
  const own = textAt(entry, 'AddtlNtryInf');
  const words = joined(details.length === 1 ? [details[0]?.description ?? null, own] : [own], line);
  return words !== '' || details.length < 2 ? words : `${details.length} payments together`;
}

/** The amount as it was instructed, where that was in another currency. */
function abroad(element: XmlElement | undefined, currency: string): XmlElement | undefined {
  const amount = at(element, 'AmtDtls', 'InstdAmt', 'Amt');
  return amount && (amount.attributes.Ccy ?? currency) !== currency ? amount : undefined;
}

function kindOf(entry: XmlElement): string | null {
  const code = at(entry, 'BkTxCd');
  const domain = [
    textAt(code, 'Domn', 'Cd'),
    textAt(code, 'Domn', 'Fmly', 'Cd'),
    textAt(code, 'Domn', 'Fmly', 'SubFmlyCd'),
  ];
  return domain.filter(Boolean).join('/') || textAt(code, 'Prtry', 'Cd');
}

function mccOf(element: XmlElement): string | null {
  for (const child of element.children) {
    const found = child.name === 'MrchntCtgyCd' && /^\d{4}$/.test(child.text) ? child.text : mccOf(child);
    if (found !== null) return found;
  }
  return null;
}

/** Parts in one line, each once. */
function joined(parts: readonly (string | null)[], line: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const part of parts.map((each) => oneSpaced(each ?? ''))) {
    if (part === '' || kept.some((earlier) => earlier.includes(part))) continue;
    length += part.length + 1;
    if (length > descriptionCharactersMax + 1) {
      throw new Refusal(
        'TOO_LONG',
        `Line ${line}: the description has more than the ${descriptionCharactersMax} characters that are kept.`,
        line,
      );
    }
    kept.push(part);
  }
  return kept.join(' ');
}
