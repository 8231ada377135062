import {
  decimalText,
  fundingStreams,
  type CalendarDate,
  type FundingStream,
  type LedgerStream,
} from '@ringfence/kernel';
import { streamBalances } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import type { ReviewFigures } from './review.js';

/** What the books show of a budget at the end of a day, as known now. */
export async function figuresAt(tx: Transaction, budgetId: string, at: CalendarDate): Promise<ReviewFigures> {
  const streams = await streamBalances(tx, { budgetId, at });
  return {
    at,
    streams: streams.flatMap(({ stream, ...of }) =>
      isFundingStream(stream)
        ? [
            {
              stream,
              received: decimalText(of.receivedPence),
              spent: decimalText(of.spentPence),
              queried: decimalText(of.queriedPence),
              recoverable: decimalText(of.recoverablePence),
              left: decimalText(of.leftPence),
            },
          ]
        : [],
    ),
    ...(await openMatters(tx, budgetId, at)),
  };
}

/** The family's own money, and what is unallocated, are no payer's to review. */
function isFundingStream(stream: LedgerStream): stream is FundingStream {
  return fundingStreams.some((one) => one === stream);
}

/** Spends dated up to the day that lack a document, have a query or have a rule against them, as things stand now. */
async function openMatters(
  tx: Transaction,
  budgetId: string,
  at: CalendarDate,
): Promise<Pick<ReviewFigures, 'unevidencedLines' | 'queriedSpends' | 'excludedSpends'>> {
  const values = [tx.context.authorityId, budgetId, at];
  const [unevidenced] = await tx.query<{ lines: number }>(
    `SELECT count(DISTINCT a.statement_line_id)::integer AS lines FROM allocations a
       JOIN statement_lines l ON l.authority_id = a.authority_id AND l.id = a.statement_line_id
      WHERE a.authority_id = $1 AND a.budget_id = $2 AND a.undone_at IS NULL AND a.target_type = 'budget-line'
        AND l.line_date <= $3
        AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.authority_id = l.authority_id AND r.statement_line_id = l.id)`,
    values,
  );
  const [assessed] = await tx.query<{ queried: number; excluded: number }>(
    `SELECT count(*) FILTER (WHERE v.verdict = 'query')::integer AS queried,
            count(*) FILTER (WHERE v.verdict = 'excluded')::integer AS excluded
       FROM spend_verdicts v
       LEFT JOIN statement_lines l ON v.subject_type = 'statement-line' AND l.authority_id = v.authority_id AND l.id = v.subject_id
       LEFT JOIN payslips p ON v.subject_type = 'payslip' AND p.authority_id = v.authority_id AND p.id = v.subject_id
       LEFT JOIN receipts r ON v.subject_type = 'receipt' AND r.authority_id = v.authority_id AND r.id = v.subject_id
      WHERE v.authority_id = $1 AND v.budget_id = $2 AND v.current
        AND coalesce(l.line_date, p.pay_date, r.receipt_date, (r.uploaded_at AT TIME ZONE 'Europe/London')::date) <= $3`,
    values,
  );
  return {
    unevidencedLines: unevidenced?.lines ?? 0,
    queriedSpends: assessed?.queried ?? 0,
    excludedSpends: assessed?.excluded ?? 0,
  };
}
