import { penceOfBankText, quoted } from '../../core/bank-text.js';
import { Refusal } from '../../core/outcome.js';
import { at, textAt, type XmlElement } from '../../core/xml.js';

/** `Amt` with its currency, signed by `CdtDbtInd`. */
export function camtAmount(
  element: XmlElement,
  line: number,
): { amountPence: bigint; currency: string; written: string } {
  const amount = at(element, 'Amt');
  if (amount === undefined || amount.text === '') {
    throw new Refusal(
      'AMOUNT_MISSING',
      `Line ${line}: <${element.name}> has ${amount ? 'an empty' : 'no'} Amt, where an amount is expected.`,
      line,
    );
  }
  const currency = amount.attributes.Ccy ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${line}: Amt of <${element.name}> names the currency ${quoted(currency)}, where a code such as "GBP" is expected.`,
      line,
    );
  }
  if (!/^\d+(?:\.\d*)?$|^\.\d+$/.test(amount.text)) {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${line}: Amt of <${element.name}> is ${quoted(amount.text)}, where digits such as "1234.56" are expected.`,
      line,
    );
  }
  const pence = penceOfBankText(amount.text, {}, `Amt of <${element.name}>`, line);
  const direction = textAt(element, 'CdtDbtInd') ?? '';
  if (direction === 'CRDT') return { amountPence: pence, currency, written: amount.text };
  if (direction === 'DBIT') return { amountPence: -pence, currency, written: amount.text };
  throw new Refusal(
    'AMOUNT_WRONG',
    `Line ${line}: CdtDbtInd of <${element.name}> is ${quoted(direction)}, where CRDT or DBIT is expected.`,
    line,
  );
}
